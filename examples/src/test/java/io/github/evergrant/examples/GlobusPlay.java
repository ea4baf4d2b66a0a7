package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.testing.ForkedJvm;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Examples where Globus is a sandbox, and a person for their logins. */
final class GlobusPlay extends Play {

    private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("<code id=\"code\">([^<]+)</code>");

    GlobusPlay(Path home) {
        super("globus", SandboxSettings.defaults(), home);
    }

    @Override
    Map<String, String> variables() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String service : List.of("auth", "groups", "transfer")) {
            all.put(
                    "GLOBUS_SDK_SERVICE_URL_" + service.toUpperCase(Locale.ROOT),
                    base().resolve("/globus/" + service + "/").toString());
        }
        all.put("CLIENT_ID", "aaaaaaaa-0000-4000-8000-000000000001");
        all.put("CLIENT_SECRET", "sandbox-globus-secret");
        return all;
    }

    /** Runs an example that wants a login, as demo. @return what it printed after its question */
    List<String> runAndLogIn(Class<?> example, String... arguments) {
        try (ForkedJvm program = start(example, arguments)) {
            logIn(program);
            List<String> rest = ending(program, 0);
            // The answer ends the line for a person, and not in a pipe.
            assertThat(rest.get(0)).startsWith("Please enter the code here: ");
            rest.set(0, rest.get(0).substring("Please enter the code here: ".length()));
            return rest;
        }
    }

    /** Reads the address that a program shows, signs in there, and pastes the code that the last page shows. */
    void logIn(ForkedJvm program) {
        assertThat(program.hear()).isEqualTo("Please go to this URL and login:");
        assertThat(program.hear()).isEmpty();
        String address = String.valueOf(program.hear());
        assertThat(program.hear()).isEmpty();
        program.say("  " + code(URI.create(address)) + " ");
    }

    private String code(URI authorize) {
        assertThat(authorize.getQuery()).contains("access_type=offline", "code_challenge_method=S256");
        String ticket = first(TICKET, ask(HttpRequest.newBuilder(authorize)).body());
        String form = "ticket=" + ticket + "&username=demo&password=demo-password&decision=allow";
        String path = authorize.toString().substring(0, authorize.toString().indexOf('?'));
        HttpResponse<String> decided = ask(HttpRequest.newBuilder(URI.create(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        String page = decided.headers().firstValue("Location").orElseThrow();
        return URLDecoder.decode(
                first(CODE, ask(HttpRequest.newBuilder(URI.create(page))).body()), StandardCharsets.UTF_8);
    }

    private static String first(Pattern pattern, String page) {
        Matcher found = pattern.matcher(page);
        assertThat(found.find()).as(page).isTrue();
        return found.group(1);
    }
}
