package io.github.evergrant.examples;

import io.github.evergrant.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Examples where SpatiaFi is a sandbox whose tokens live as long as its own. */
final class SpatiaFiPlay extends Play {

    SpatiaFiPlay(Path home) {
        super("spatiafi", SandboxSettings.defaults().withAccessTokenLifetime(Duration.ofSeconds(839)), home);
    }

    @Override
    Map<String, String> variables() {
        return Map.of("XDG_CONFIG_HOME", "", "CLIENT_ID", "of another program");
    }

    /** What the example is to be told. */
    String service() {
        return base() + "/spatiafi";
    }

    /** The next request of a kind is answered so. */
    void answer(String kind, int status, String body) {
        control(
                "faults",
                "[{\"dialect\":\"spatiafi\",\"kind\":\"" + kind + "\",\"do\":\"status\",\"status\":" + status
                        + ",\"body\":\"" + body.replace("\"", "\\\"") + "\"}]");
    }
}
