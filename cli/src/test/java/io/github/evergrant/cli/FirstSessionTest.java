package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.authorizer.AuthorizedClient;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README, which is compiled here and run, and stands there word by word. */
final class FirstSessionTest {

    @TempDir
    private Path home;

    @Test
    void the_readme_runs() throws Exception {
        try (Play play = new Play()) {
            Shell shell = play.shell(home);
            shell.runWith(play.grantGroups(), "login", "globus", "-s", "tour", "--token-response-stdin")
                    .exits(0);
            Path path = shell.store();
            URI myGroups = URI.create(play.base() + "/globus/groups/v2/groups/my_groups");
            play.expire();

            // README
            try (Evergrant evergrant = Evergrant.open("json:" + path)) {
                Session session = evergrant.session("tour");
                String token = session.token().value().reveal(); // renewed first, if it is due

                // Or let it put the header on requests, and cure a 401 once:
                AuthorizedClient api = AuthorizedClient.of(HttpClient.newHttpClient(), session.authorizer());
                HttpResponse<String> groups =
                        api.send(HttpRequest.newBuilder(myGroups).build(), BodyHandlers.ofString());
                // END
                assertThat(groups.statusCode()).isEqualTo(200);
                assertThat(groups.body()).contains("Demo Group");
                assertThat(session.token().value().reveal()).isNotEqualTo(token);
            }
            assertThat(play.requests("token.refresh")).isEqualTo(1);
        }
    }

    @Test
    void the_readme_says_what_is_compiled_here() throws Exception {
        Path project = Path.of("").toAbsolutePath().resolveSibling("");
        List<String> source =
                Files.readAllLines(project.resolve("cli/src/test/java/io/github/evergrant/cli/FirstSessionTest.java"));
        int first = indexOf(source, "// README") + 1;
        List<String> code = source.subList(first, indexOf(source, "// END")).stream()
                .map(line -> line.isBlank() ? "" : line.substring(12))
                .toList();
        assertThat(Files.readString(project.resolve("README.md"))).contains(String.join("\n", code));
    }

    private static int indexOf(List<String> lines, String marker) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(marker)) {
                return i;
            }
        }
        throw new AssertionError(marker);
    }
}
