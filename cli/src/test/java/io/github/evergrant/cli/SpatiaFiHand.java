package io.github.evergrant.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A shell at the sandbox's SpatiaFi as at a real one, but not the usual: nothing of the sandbox is lent, and its files lie
 * beside our sessions.
 */
final class SpatiaFiHand {

    static final String ID = "bbbbbbbb-0000-4000-8000-000000000001";
    static final String SECRET = "sandbox-spatiafi-secret-0123456789-abcdefgh";
    static final String PASSWORD = "demo-password";

    private SpatiaFiHand() {}

    /** The words that name it, after others. */
    static String[] there(Play play, String... words) {
        return Shell.words(words, "--environment", play.base() + "/spatiafi");
    }

    static Path folder(Play play, Path home) {
        String service = URLEncoder.encode(play.base() + "/spatiafi", StandardCharsets.UTF_8);
        return home.resolve("state/elsewhere").resolve(service).resolve("spatiafi");
    }

    static Path tutorialFile(Play play, Path home) {
        return folder(play, home).resolve("app_credentials");
    }

    static Path packageFile(Play play, Path home) {
        return folder(play, home).resolve("app_credentials.json");
    }

    /** Where SpatiaFi's programs look. */
    static Path usualFile(Path home) {
        return home.resolve(".config/spatiafi/app_credentials");
    }

    /** Writes a file of SpatiaFi's programs, for its owner alone. */
    static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    /** As the tutorial saves the sandbox's own. */
    static String pair() {
        return "{\"user_id\": \"u-1\", \"client_id\": \"" + ID + "\", \"client_secret\": \"" + SECRET + "\"}";
    }

    /** An answer to a request for a token, whoever asks. */
    static void grantAnybody(Play play, int seconds) {
        play.answer(
                "spatiafi",
                "token.client_credentials",
                200,
                "{\"access_token\":\"any\",\"token_type\":\"bearer\",\"expires_in\":" + seconds + "}");
    }
}
