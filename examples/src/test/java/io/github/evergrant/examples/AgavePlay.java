package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveClients;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.AgaveUser;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.testing.ForkedJvm;
import io.github.evergrant.token.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Examples where Agave is a sandbox whose tokens live as long as its own, and what demo has there. */
final class AgavePlay extends Play {

    private final JdkHttpSender http = new JdkHttpSender(HttpSettings.defaults(), InstantSource.system());

    AgavePlay(Path home) {
        super("agave", SandboxSettings.defaults().withAccessTokenLifetime(Duration.ofHours(4)), home);
    }

    @Override
    Map<String, String> variables() {
        return Map.of("TAPIS_TENANTS_URL", base() + "/agave/tenants");
    }

    /** Where the tenant's services are. */
    String tenant() {
        return AgaveProvider.base(data()).toString();
    }

    private ProviderData data() {
        return new AgaveProvider(Map.of()).describe("sd2e", base());
    }

    /** Demo's clients, without an example. */
    AgaveClients clients() {
        return new AgaveClients(data(), new AgaveUser("demo", Secret.of("demo-password")), http);
    }

    /** The reply to a login of demo by one of their clients. */
    Golden grant(String key) {
        return control("grant", "{\"dialect\":\"agave\",\"client\":\"" + key + "\"}");
    }

    /**
     * Runs an example that asks, and has the answers in its standard input.
     *
     * @return what it printed after its questions, which a pipe shows in one line
     */
    List<String> answer(Class<?> example, List<String> questions, List<String> answers, String... arguments) {
        try (ForkedJvm program = start(example, arguments)) {
            answers.forEach(program::say);
            List<String> lines = ending(program, 0);
            String asked = String.join("", questions);
            assertThat(lines.get(0)).startsWith(asked);
            lines.set(0, lines.get(0).substring(asked.length()));
            return lines;
        }
    }

    /** Starts an example at a terminal. */
    AtTerminal atTerminal(Class<?> example, String... arguments) {
        return AtTerminal.start(before(home()), home(), example, arguments);
    }

    /** Demo's client {@code my_super_cool_client}, created by the example and saved at home. */
    void create() {
        answer(
                OAuthClients.class,
                List.of("API username: ", "API password: "),
                List.of("demo", "demo-password"),
                "create");
    }

    @Override
    public void close() {
        http.close();
        super.close();
    }
}
