package io.github.evergrant.cli.env;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.JsonLine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How a shell or a program writes down that a variable has a value. The value is data, whatever is in it. */
enum Format {
    /** POSIX shells: nothing has a meaning in single quotes but their end. */
    SH {
        @Override
        String line(String name, String value) {
            return "export " + name + "='" + value.replace("'", "'\\''") + "'";
        }
    },
    /** In its single quotes a backslash escapes itself and the quote. */
    FISH {
        @Override
        String line(String name, String value) {
            return "set -gx " + name + " '" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
        }
    },
    /** Typographic quotes end a string as well; line ends are kept out, since output is evaluated line by line. */
    POWERSHELL {
        @Override
        String line(String name, String value) {
            String quoted = value.replaceAll("['\u2018\u2019\u201a\u201b]", "$0$0")
                    .replace("\n", "'+[char]10+'")
                    .replace("\r", "'+[char]13+'");
            return "$Env:" + name + " = '" + quoted + "'";
        }
    },
    /** There is no way to quote a quote, a percent sign, an exclamation mark or a line end. */
    CMD {
        @Override
        String line(String name, String value) {
            if (UNQUOTABLE.matcher(value).find()) {
                throw CliProblem.usage(
                        "the value of " + name + " has characters that cmd cannot quote; use --format powershell");
            }
            return "set \"" + name + "=" + value + "\"";
        }
    },
    /** Plain where possible: some readers know no quotes. Double quotes only for what cannot stand in single ones. */
    DOTENV {
        @Override
        String line(String name, String value) {
            if (PLAIN.matcher(value).matches()) {
                return name + "=" + value;
            }
            if (value.chars().noneMatch(c -> c == '\'' || c == '\\' || c < ' ')) {
                return name + "='" + value + "'";
            }
            String escaped = value.replaceAll("[\\\\\"$`]", "\\\\$0")
                    .replace("\n", "\\n")
                    .replace("\r", "\\r");
            return name + "=\"" + escaped + "\"";
        }
    },
    /** One object. */
    JSON {
        @Override
        List<String> lines(Map<String, String> variables) {
            return List.of(JsonLine.of(variables));
        }

        @Override
        String line(String name, String value) {
            return JsonLine.of(Map.of(name, value));
        }
    };

    private static final Pattern UNQUOTABLE = Pattern.compile("[\"%!\\x00-\\x1f\\x7f]");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:,/@%+=~-]*");

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract String line(String name, String value);

    List<String> lines(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(each -> line(each.getKey(), each.getValue()))
                .toList();
    }
}
