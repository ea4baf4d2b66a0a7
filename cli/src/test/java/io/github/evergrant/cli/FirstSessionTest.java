package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.authorizer.AuthorizedClient;
import io.github.evergrant.login.BrowserLogin;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.Wire;
import io.github.evergrant.login.browser.BrowserChoice;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.Providers;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Scopes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    void the_readme_signs_in_with_a_browser() throws Exception {
        try (Play play = new Play()) {
            Path path = home.resolve("sessions.json");
            Screen screen = new Screen(home);
            Map<String, String> environment = Map.of("EVERGRANT_BROWSER", screen.command());
            Provider globus = Providers.installed().named("globus");
            LoginRequest request = LoginRequest.of(
                    globus,
                    globus.describe(null, URI.create(play.base())),
                    globus.sandboxClient().orElseThrow(),
                    Scopes.NONE);
            CompletableFuture<List<String>> pages =
                    CompletableFuture.supplyAsync(() -> screen.follow(play.decide(screen.address(1), "demo", "allow")));

            try (Evergrant evergrant = Evergrant.open("json:" + path)) {
                Wire wire = new Wire(evergrant.http(), InstantSource.system());
                // README
                try (BrowserLogin login = BrowserLogin.start(request, wire)) {
                    System.err.println("Sign in at " + login.authorizationUrl());
                    if (BrowserChoice.of(environment) instanceof BrowserChoice.Open open) {
                        open.browser().open(login.authorizationUrl(), System.err::println);
                    }
                    login.finish(Duration.ofMinutes(10), granted -> {
                        Session session = evergrant.keepOrDiscard("me", granted, false);
                        return "Session " + session.name() + " is saved."; // on the page in the browser
                    });
                }
                // END
                assertThat(evergrant.sessions()).containsExactly("me");
                assertThat(pages.get(1, TimeUnit.MINUTES)).last().asString().contains("Session me is saved.");
            }
        }
    }

    @Test
    void the_readme_says_what_is_compiled_here() throws Exception {
        Path project = Path.of("..").toRealPath();
        List<String> source =
                Files.readAllLines(project.resolve("cli/src/test/java/io/github/evergrant/cli/FirstSessionTest.java"));
        String readme = Files.readString(project.resolve("README.md"));
        int blocks = 0;
        for (int i = 0; i < source.size(); i++) {
            if (source.get(i).strip().equals("// README")) {
                int indent = source.get(i).indexOf('/');
                List<String> code = source.subList(i + 1, source.size()).stream()
                        .takeWhile(line -> !line.strip().equals("// END"))
                        .map(line -> line.isBlank() ? "" : line.substring(indent))
                        .toList();
                assertThat(readme).contains(String.join("\n", code));
                blocks++;
            }
        }
        assertThat(blocks).isEqualTo(2);
    }
}
