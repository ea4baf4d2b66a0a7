package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.cli.frame.Globals;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Outside;
import io.github.evergrant.cli.report.OldToken;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.renewal.Freshness;
import io.github.evergrant.renewal.Obtained;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OldTokenTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456789Z");

    @TempDir
    private Path home;

    @Test
    void a_new_token_that_could_not_be_stored_is_not_called_an_old_one() {
        StorageFailure full =
                new StorageFailure(Problem.of("disk_full", "There is no room left; what it held is intact."));

        assertThat(said(true, full))
                .isEqualTo("evergrant: warning: There is no room left; what it held is intact; the token is a new one"
                        + " that is not stored yet\n");
    }

    @Test
    void an_old_token_is_told_with_its_end() {
        TemporarilyUnavailable later =
                new TemporarilyUnavailable(Problem.of("cooling", "left alone, try after " + NOW.plusSeconds(21)), null);

        assertThat(said(false, later))
                .isEqualTo("evergrant: warning: left alone, try in 21 s; the stored token is still valid until"
                        + " 2026-11-21T12:10:00Z (in 10 min)\n");
        assertThat(said(false, null)).isEmpty();
    }

    private String said(boolean renewed, @Nullable EvergrantException trouble) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, false, StandardCharsets.UTF_8);
        Outside outside = new Outside(
                () -> NOW, InputStream.nullInputStream(), stream, stream, Map.of(), new TypingTerminal(), home);
        TokenData data = TokenData.bearer("api", Secret.of("t"), Expiry.at(NOW.plusSeconds(600)));
        try (Invocation it = new Invocation(outside, new Globals(), List.of())) {
            boolean warned = OldToken.warn(it, new Obtained(data, Freshness.AGING, NOW, renewed, trouble));
            assertThat(warned).isEqualTo(trouble != null);
        }
        return err.toString(StandardCharsets.UTF_8);
    }
}
