package io.github.evergrant.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that was run to its end.
 *
 * @param line the first that it printed
 * @param startedNanos when it was asked for
 * @param lineNanos when that line came
 * @param endNanos when it had ended
 */
record Ran(String line, long startedNanos, long lineNanos, long endNanos) {

    /** A command in an environment of its own, not yet run. */
    record Command(List<String> words, Map<String, String> environment, Path errors) {

        /** @throws IOException when it fails or prints nothing */
        Ran run() throws IOException, InterruptedException {
            long started = System.nanoTime();
            return start().await(started);
        }

        Started start() throws IOException {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("EVERGRANT_"));
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            builder.environment().putAll(environment);
            return new Started(this, builder.start());
        }
    }

    /** A process that runs. */
    record Started(Command command, Process process) {

        Ran await(long started) throws IOException, InterruptedException {
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                long seen = System.nanoTime();
                out.transferTo(java.io.Writer.nullWriter());
                int code = process.waitFor();
                if (code != 0 || line == null) {
                    throw new IOException(
                            String.join(" ", command.words) + " ended with " + code + "; see " + command.errors);
                }
                return new Ran(line, started, seen, System.nanoTime());
            }
        }
    }
}
