package io.github.evergrant.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class LogsTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Logger logger = LoggerFactory.getLogger("io.github.evergrant.Example");

    @Test
    void only_warnings_are_shown_unless_more_was_asked_for() {
        Logs.to(err, "");
        logger.debug("quiet");
        logger.warn("session '{}' is odd", "tour");

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("evergrant: warning: session 'tour' is odd\n");

        Logs.to(err, "debug");
        logger.debug("loud");

        assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("evergrant: debug: Example: loud\n");
    }

    @Test
    void long_opaque_words_control_characters_and_messages_of_causes_are_not_shown() {
        Logs.to(err, "debug");

        logger.warn(
                "got {}\u001b[31m",
                "eyJhbGciOiJIUzI1NiJ9abc.eyJzdWIiOiJ4In0.c2lnbmF0dXJl",
                new IllegalStateException("secret"));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("evergrant: warning: Example: got …\\u001b[31m (java.lang.IllegalStateException)\n");
    }
}
