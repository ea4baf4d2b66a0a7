package io.github.evergrant.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code --help} prints. */
final class Help {

    private static final String OPTIONS = """
            Global options, before the command or after it:
              -s, --session NAME     which session (else EVERGRANT_SESSION, `sessions use`, the only one)
                  --store ADDRESS    where sessions are kept (else EVERGRANT_STORE): json:PATH, json1:PATH
                                     (Globus format 1.0), sqlite:PATH, agave:[FOLDER] (the files of Agave's
                                     programs), memory: (for one command)
                  --json             print JSON; errors too, on standard error
              -q, --quiet            say nothing but errors and warnings
              -v, --verbose          say more: where an error came from
                  --color WHEN       auto, always, never
                  --timeout D        how long to wait for a token, or for an answer to ls and
                                     groups: 30s, 2m
                  --no-input         never ask; exit with 4 instead (as EVERGRANT_PROMPT=never)
                  --ca-file F        trust the certificates in this file (else SSL_CERT_FILE; for Globus
                                     GLOBUS_SDK_VERIFY_SSL)
                  --insecure-skip-tls-verify   believe every certificate
                  --strict-permissions         refuse another program's store that others may read
              -h, --help             this, or a command's own help
                  --version          print the version

            Exit codes: 0 done, 1 unforeseen, 2 usage, 4 log in, 5 refused by the provider, 6 storage,
            7 try again later, 8 login not completed, 130 interrupted.

            Try it without an account: `evergrant demo`, or start `evergrant sandbox` and set EVERGRANT_SANDBOX.""";

    private Help() {}

    static String root() {
        Map<String, StringBuilder> groups = new LinkedHashMap<>();
        for (Commands.Entry entry : Commands.ALL) {
            groups.computeIfAbsent(entry.group(), group -> new StringBuilder(group + ":\n"))
                    .append(String.format("  %-12s %s%n", entry.name(), entry.summary()));
        }
        return "Evergrant keeps OAuth sessions alive.\n\nUsage: evergrant [OPTIONS] COMMAND ...\n\n"
                + String.join("\n", groups.values()) + "\n" + OPTIONS;
    }

    /** One line each, however long: they are there to be copied. */
    private static String examples(List<String> examples) {
        return examples.isEmpty() ? "" : "\nExamples:\n" + String.join("\n", examples) + "\n";
    }

    static String of(CommandSpec command) {
        command.usageMessage()
                .synopsisHeading("Usage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .sortOptions(false);
        List<String> examples = List.of(command.usageMessage().footer());
        command.usageMessage().footer(new String[0]);
        String usage = new CommandLine(command).getUsageMessage(Ansi.OFF);
        return usage + examples(examples) + "\nGlobal options: evergrant --help";
    }
}
