package io.github.evergrant.login.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A matrix of surroundings: what is done with an address in each. */
final class BrowserChoiceTest {

    private static final URI ADDRESS = URI.create("https://a.example/?x=1&y=2");

    @ParameterizedTest(name = "{0} on {1} with {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # variables                                                 | system       | files                        | what is done
            DISPLAY=:0                                                  | Linux        | /usr/bin/xdg-open            | xdg-open URL
            WAYLAND_DISPLAY=wayland-0                                   | Linux        | /usr/bin/xdg-open            | xdg-open URL
            DISPLAY=:0                                                  | FreeBSD      | /usr/local/bin/xdg-open      | xdg-open URL
            DISPLAY=:0                                                  | Linux        | /usr/bin/x-www-browser       | x-www-browser URL
            DISPLAY=:0 TMUX=/tmp/tmux-0                                 | Linux        | /usr/bin/xdg-open            | xdg-open URL
            WSL_DISTRO_NAME=Debian                                      | Linux        | /usr/bin/wslview             | wslview URL
            ''                                                          | Mac OS X     | ''                           | /usr/bin/open URL
            ''                                                          | Windows 11   | ''                           | rundll32 url.dll,FileProtocolHandler URL
            ''                                                          | Linux        | /usr/bin/xdg-open            | nowhere: there is no display
            DISPLAY=                                                    | Linux        | /usr/bin/xdg-open            | nowhere: there is no display
            DISPLAY=:0                                                  | Linux        | ''                           | nowhere: no program is found that opens a browser
            DISPLAY=:0 SSH_CONNECTION=a                                 | Linux        | /usr/bin/xdg-open            | nowhere: this is an SSH session
            DISPLAY=:0 SSH_TTY=/dev/pts/1                               | Linux        | /usr/bin/xdg-open            | nowhere: this is an SSH session
            SSH_CLIENT=a                                                | Mac OS X     | ''                           | nowhere: this is an SSH session
            DISPLAY=:0 container=podman                                 | Linux        | /usr/bin/xdg-open            | nowhere: this is a container
            DISPLAY=:0                                                  | Linux        | /usr/bin/xdg-open,/.dockerenv | nowhere: this is a container
            DISPLAY=:0                                                  | Linux        | /run/.containerenv           | nowhere: this is a container
            KUBERNETES_SERVICE_HOST=10.0.0.1 DISPLAY=:0                 | Linux        | /usr/bin/xdg-open            | nowhere: this is a container
            DISPLAY=:0 BROWSER=firefox                                  | Linux        | /usr/bin/xdg-open            | firefox URL
            DISPLAY=:0 BROWSER=w3m:firefox                              | Linux        | /usr/bin/xdg-open            | firefox URL
            DISPLAY=:0 BROWSER=/usr/bin/lynx                            | Linux        | /usr/bin/xdg-open            | xdg-open URL
            DISPLAY=:0 BROWSER=none                                     | Linux        | /usr/bin/xdg-open            | shown
            BROWSER=firefox                                             | Linux        | /usr/bin/xdg-open            | nowhere: there is no display
            SSH_TTY=x BROWSER=firefox                                   | Linux        | /usr/bin/xdg-open            | nowhere: this is an SSH session
            DISPLAY=:0 EVERGRANT_BROWSER=epiphany BROWSER=firefox       | Linux        | /usr/bin/xdg-open            | epiphany URL
            DISPLAY=:0 EVERGRANT_BROWSER=none BROWSER=firefox           | Linux        | /usr/bin/xdg-open            | shown
            EVERGRANT_BROWSER=epiphany SSH_TTY=x                        | Linux        | ''                           | epiphany URL
            EVERGRANT_BROWSER=epiphany                                  | Linux        | /.dockerenv                  | epiphany URL
            EVERGRANT_BROWSER=none SSH_TTY=x DISPLAY=:0                 | Linux        | ''                           | nowhere: this is an SSH session
            """)
    void what_is_done_with_an_address(String variables, String system, String files, String expected) {
        Set<Path> there = Arrays.stream(files.split(",", -1)).map(Path::of).collect(Collectors.toSet());
        Map<String, String> environment = Arrays.stream(("PATH=/usr/bin:/usr/local/bin " + variables).split(" ", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

        BrowserChoice choice = new Desktop(environment, system, there::contains).choice();

        assertThat(words(choice)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            firefox                             | firefox URL
            firefox --private-window            | firefox --private-window URL
            firefox --new-tab %s --kiosk        | firefox --new-tab URL --kiosk
            "/opt/My Browser/run" 'a b'         | /opt/My Browser/run,a b,URL
            C:\\Programs\\b.exe                 | C:\\Programs\\b.exe URL
            sh -c "$(evil); %s"                 | sh,-c,$(evil); URL
            """, quoteCharacter = '^')
    void a_command_is_words_and_never_a_shells_business(String command, String expected) {
        String separator = expected.contains(",") ? "," : " ";
        assertThat(String.join(separator, SystemBrowser.command(command).arguments(ADDRESS)))
                .isEqualTo(expected.replace("URL", ADDRESS.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "''", "lynx", "/usr/bin/w3m", "links -g"})
    void what_is_no_browser_with_windows_is_refused(String command) {
        assertThatThrownBy(() -> SystemBrowser.command(command))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("browser_unusable"));
    }

    private static String words(BrowserChoice choice) {
        if (choice instanceof BrowserChoice.Open open) {
            List<String> arguments = open.browser().arguments(ADDRESS);
            return String.join(" ", arguments).replace(ADDRESS.toString(), "URL");
        }
        return choice instanceof BrowserChoice.Nowhere nowhere ? "nowhere: " + nowhere.why() : "shown";
    }
}
