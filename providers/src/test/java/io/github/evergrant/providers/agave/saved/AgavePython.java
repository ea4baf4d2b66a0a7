package io.github.evergrant.providers.agave.saved;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.testing.PythonProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Python program that saves and loads Agave sessions by the library's own rules; its text is {@code agave_files.py}. */
final class AgavePython implements AutoCloseable {

    private final PythonProgram program = PythonProgram.start(text());

    private static String text() {
        try (InputStream in = Objects.requireNonNull(AgavePython.class.getResourceAsStream("/python/agave_files.py"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void say(@Nullable Object... words) {
        List<@Nullable Object> line = new ArrayList<>();
        for (Object word : words) {
            line.add(word instanceof java.nio.file.Path path ? path.toString() : word);
        }
        program.say(Json.text(line));
    }

    @Nullable
    Object hear() {
        Map<String, @Nullable Object> answer = answer();
        assertThat(answer).as("%s", answer).containsKey("ok");
        return answer.get("ok");
    }

    /** What it loaded. */
    @SuppressWarnings("unchecked")
    Map<String, @Nullable Object> load(@Nullable Object... words) {
        say(words);
        return (Map<String, @Nullable Object>) Objects.requireNonNull(hear());
    }

    void ask(@Nullable Object... words) {
        say(words);
        hear();
    }

    /** The kind of error that it ended in. */
    Object fails(@Nullable Object... words) {
        say(words);
        Map<String, @Nullable Object> answer = answer();
        assertThat(answer).as("%s", answer).containsKey("error");
        return ((List<?>) Objects.requireNonNull(answer.get("error"))).get(0);
    }

    private Map<String, @Nullable Object> answer() {
        try {
            return Json.readObject(program.hear());
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
