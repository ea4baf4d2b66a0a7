package io.github.evergrant.cli.frame;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads secrets from where they may come from: a file, a command, a variable; never from an argument. */
public final class Secrets {

    private static final int MOST = 1 << 20;

    private final Invocation it;

    public Secrets(Invocation it) {
        this.it = it;
    }

    /** The variable itself, or the file that the variable with {@code _FILE} names. */
    public Optional<Secret> variable(String name) {
        String value = it.outside().variable(name).strip();
        if (!value.isEmpty()) {
            return Optional.of(Secret.of(value));
        }
        String file = it.outside().variable(name + "_FILE");
        return file.isEmpty() ? Optional.empty() : Optional.of(file(name + "_FILE", file));
    }

    /** @param what the option or variable that named the file */
    public Secret file(String what, String file) {
        Path path = it.path(file);
        try {
            if (Files.size(path) > MOST) {
                throw unusable("secret_file_unreadable", what + ": " + path + " is too long for a secret", null);
            }
            return secret(what, Files.readString(path, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unusable("secret_file_unreadable", what + ": " + path + " cannot be read", e);
        }
    }

    /** What a shell command prints. */
    public Secret command(String what, String command) {
        try {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .directory(it.outside().workingDirectory().toFile())
                    .start();
            byte[] printed = process.getInputStream().readNBytes(MOST);
            if (!process.waitFor(it.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw unusable("secret_command_failed", what + ": the command did not end in time", null);
            }
            if (process.exitValue() != 0) {
                throw unusable("secret_command_failed", what + ": the command ended with " + process.exitValue(), null);
            }
            return secret(what, new String(printed, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unusable("secret_command_failed", what + ": the command could not be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unusable("interrupted", what + ": interrupted", null);
        }
    }

    /** From standard input. */
    public Secret standardInput(String option) {
        return secret(option, it.input().word(option));
    }

    private static Secret secret(String what, String text) {
        String word = text.strip();
        if (word.isEmpty()) {
            throw unusable("secret_empty", what + " gives an empty secret", null);
        }
        return Secret.of(word);
    }

    private static InvalidInput unusable(String code, String message, @Nullable Throwable cause) {
        return new InvalidInput(Problem.of(code, message).withCause(cause));
    }
}
