package io.github.evergrant.providers.agave.saved;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.providers.agave.saved.EnvironmentSession.Kind;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the environment says. */
final class AgaveFolderTest {

    @Test
    @DisplayName(
            "71, Q4: the folder that was given, then TAPIS_CACHE_DIR, TAPIS_CACHE, AGAVE_CACHE_DIR, then the home folder's")
    void the_order_of_folders() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("HOME", "/home/ada");
        assertThat(new AgaveFolder(all).path()).isEqualTo(Path.of("/home/ada/.agave"));
        all.put("AGAVE_CACHE_DIR", "/three");
        assertThat(new AgaveFolder(all).path()).isEqualTo(Path.of("/three"));
        all.put("TAPIS_CACHE", "/two");
        assertThat(new AgaveFolder(all).path()).isEqualTo(Path.of("/two"));
        all.put("TAPIS_CACHE_DIR", "/one");
        assertThat(new AgaveFolder(all).path()).isEqualTo(Path.of("/one"));
        assertThat(new AgaveFolder(all).path(Path.of("/given"))).isEqualTo(Path.of("/given"));
        all.put("TAPIS_CACHE_DIR", "");
        assertThat(new AgaveFolder(all).path(null)).isEqualTo(Path.of("/two"));
        assertThat(new AgaveFolder(all).legacy()).startsWith(Path.of("/home/ada/.agpy"));
    }

    @Test
    void a_session_of_the_environment_is_as_good_as_its_variables() {
        Map<String, String> all = new LinkedHashMap<>();
        assertThat(EnvironmentSession.of(all).kind()).isEqualTo(Kind.NONE);
        all.putAll(Map.of("TAPIS_BASE_URL", "https://api.sd2e.org/", "TAPIS_USERNAME", "ada"));
        assertThat(EnvironmentSession.of(all).kind()).isEqualTo(Kind.NONE);
        all.put("TAPIS_PASSWORD", "s3cret pass&word");
        assertThat(EnvironmentSession.of(all).kind()).isEqualTo(Kind.LOGIN);
        assertThat(EnvironmentSession.of(all).session()).isEmpty();
        all.putAll(Map.of("TAPIS_TOKEN", "acc-0001", "TAPIS_REFRESH_TOKEN", "ref-0001"));
        assertThat(EnvironmentSession.of(all).kind()).isEqualTo(Kind.BARE);
        all.putAll(Map.of("TAPIS_API_KEY", "key-0001", "TAPIS_API_SECRET", "sec-0001"));
        EnvironmentSession renewable = EnvironmentSession.of(all);
        assertThat(renewable.kind()).isEqualTo(Kind.RENEWABLE);
        SavedSession session = renewable.session().orElseThrow();
        assertThat(session.baseUrl()).isEqualTo("https://api.sd2e.org");
        assertThat(session.clientSecret()).isEqualTo(Secret.of("sec-0001"));
        assertThat(session.expiry()).contains(Expiry.ofEpochSecond(0));
        assertThat(renewable.toString()).doesNotContain("s3cret", "acc-0001", "ref-0001", "sec-0001");
    }

    @Test
    void an_actor_s_container_has_variables_of_its_own() {
        EnvironmentSession actor = EnvironmentSession.of(Map.of(
                "_abaco_access_token",
                "acc-0001",
                "_abaco_api_server",
                "https://api.sd2e.org",
                "TAPIS_REFRESH_TOKEN",
                "r"));
        assertThat(actor.kind()).isEqualTo(Kind.BARE);
        assertThat(Saved.access(actor.session().orElseThrow())).isEqualTo("acc-0001");
        // What is empty is not set.
        EnvironmentSession beside = EnvironmentSession.of(Map.of(
                "TAPIS_BASE_URL",
                "https://tapis.example",
                "TAPIS_TOKEN",
                "",
                "_abaco_access_token",
                "acc-0001",
                "_abaco_api_server",
                "https://api.sd2e.org"));
        assertThat(beside.kind()).isEqualTo(Kind.BARE);
        assertThat(beside.baseUrl()).isEqualTo("https://api.sd2e.org");
    }
}
