package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another program that uses saved sessions: does what the lines on standard input say, and answers each. */
final class AgaveProgram {

    private AgaveProgram() {}

    public static void main(String[] arguments) throws IOException {
        AgaveTokenStorage storage = Saved.open(Path.of(arguments[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Evergrant door = Evergrant.open(storage, EvergrantSettings.defaults())) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                System.out.println(
                        switch (words[0]) {
                            case "save" -> save(storage, words[1], Integer.parseInt(words[2]));
                            case "saves" -> saves(storage, words[1]);
                            case "token" -> token(door, words[1]);
                            default -> "unknown";
                        });
            }
        }
    }

    private static String token(Evergrant door, String name) {
        try {
            return door.session(name).token().value().reveal();
        } catch (EvergrantException e) {
            return e.code();
        }
    }

    private static String save(AgaveTokenStorage storage, String client, int times) {
        for (int i = 0; i < times; i++) {
            persistently(storage, Saved.sd2e(client, 1, Saved.CLOCK + i));
        }
        return "saved";
    }

    /** Until it is killed, saying so each time. */
    private static String saves(AgaveTokenStorage storage, String client) {
        for (int i = 0; ; i++) {
            persistently(storage, Saved.sd2e(client, 1, Saved.CLOCK + i));
            System.out.println("saved " + i);
        }
    }

    /** On a busy machine, others may have their turns for longer than a lock is waited for; then nothing was done. */
    private static void persistently(AgaveTokenStorage storage, SavedSession session) {
        for (int attempt = 1; ; attempt++) {
            try {
                storage.save(session);
                return;
            } catch (StorageFailure e) {
                if (!e.code().equals("store_locked") || attempt == 10) {
                    throw e;
                }
            }
        }
    }
}
