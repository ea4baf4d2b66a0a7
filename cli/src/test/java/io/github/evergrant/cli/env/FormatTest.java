package io.github.evergrant.cli.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.oauth.HostileJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FormatTest {

    private static final String HOSTILE = "a'b\"c$HOME`id`$(id)%PATH%\\n\nd;e&f|g!h#i *\tj\\";

    @Test
    void a_posix_shell_takes_any_value_as_data() throws Exception {
        for (String value : List.of(HOSTILE, "", "'", "''\\''", "-n", "$", "\n", "plain")) {
            String script = Format.SH.line("V", value) + "\nprintf '%s' \"$V\"";
            Process sh = new ProcessBuilder("/bin/sh", "-c", script).start();
            sh.getOutputStream().close();

            String out = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(sh.waitFor()).isZero();
            assertThat(out).isEqualTo(value);
        }
    }

    @Test
    void fish_escapes_backslash_and_quote_and_nothing_else() {
        assertThat(Format.FISH.line("V", "a'b\\c$d`e%f\ng")).isEqualTo("set -gx V 'a\\'b\\\\c$d`e%f\ng'");
    }

    @Test
    void powershell_doubles_quotes_of_every_shape_and_keeps_to_one_line() {
        assertThat(Format.POWERSHELL.line("V", "a'b\u2019c$d`e%f\"g"))
                .isEqualTo("$Env:V = 'a''b\u2019\u2019c$d`e%f\"g'");
        assertThat(Format.POWERSHELL.line("V", "a\r\nb")).isEqualTo("$Env:V = 'a'+[char]13+''+[char]10+'b'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a%b", "a!b", "a\nb", "a\rb", "a\u0000b"})
    void cmd_refuses_what_it_cannot_quote(String value) {
        assertThatThrownBy(() -> Format.CMD.line("V", value))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the value of V")
                .hasMessageNotContaining(value);
    }

    @Test
    void cmd_quotes_the_rest() {
        assertThat(Format.CMD.line("V", "a b&c|d<e>f^g$h`i'j")).isEqualTo("set \"V=a b&c|d<e>f^g$h`i'j\"");
    }

    @Test
    void dotenv_is_plain_where_it_can_be() {
        assertThat(Format.DOTENV.line("V", "aB-9._~+/=")).isEqualTo("V=aB-9._~+/=");
        assertThat(Format.DOTENV.line("V", "a b#c$d`e%f\"g")).isEqualTo("V='a b#c$d`e%f\"g'");
        assertThat(Format.DOTENV.line("V", "a'b\n$c`d\"e\\f")).isEqualTo("V=\"a'b\\n\\$c\\`d\\\"e\\\\f\"");
    }

    @Test
    void json_is_one_object_on_one_line() throws Exception {
        List<String> lines = Format.JSON.lines(Map.of("V", HOSTILE));

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).doesNotContain("\n");
        assertThat(HostileJson.read(lines.get(0)).object()).containsEntry("V", HOSTILE);
    }
}
