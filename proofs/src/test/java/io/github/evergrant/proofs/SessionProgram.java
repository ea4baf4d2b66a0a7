package io.github.evergrant.proofs;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.proofs.Crossing.Boundary;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Fingerprint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/**
 * A process that does something with a session when told to, through a door of its own each time.
 *
 * <p>It says {@code ready}, then obeys lines. {@code token SESSION ADDRESS} asks for a token that is good now; before it
 * says {@code token} and its fingerprint, it looks which pair somebody who opens the storage anew finds there, and adds that
 * one's fingerprint. {@code renew STOP SESSION ADDRESS} renews, due or not: each {@link Crossing} is said, and its number
 * shown by the {@link Beacon} in the file that is its argument; at the one of number {@code STOP} it stays for ever, and
 * otherwise the end is {@code renewed}. What goes wrong is said as {@code failed CODE}.
 */
final class SessionProgram {

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** Longer than whoever started it waits. */
    private static final EvergrantSettings SETTINGS =
            EvergrantSettings.defaults().withPatience(Duration.ofMinutes(10)).withRefreshAhead(false);

    private SessionProgram() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // nobody listens to its logs
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        OUT.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("token ")) {
                String[] words = line.split(" ", 3);
                say(Evergrant.open(words[2], SETTINGS), words[1], session -> token(session, words[2]));
            } else {
                String[] words = line.split(" ", 4);
                Beacon beacon = new Beacon(Path.of(arguments[0]));
                renew(new Crossings(OUT, beacon, Integer.parseInt(words[1])), words[2], words[3]);
            }
        }
    }

    private static String token(Session session, String address) {
        Fingerprint token = Fingerprint.ofAccessToken(session.token().value());
        try (Evergrant anew = Evergrant.open(address, SETTINGS)) {
            Pair found = Pair.of(anew.session(session.name()).standing(), session.resourceServer());
            return "token " + token.hex() + " " + found.fingerprint();
        }
    }

    private static void renew(Crossings crossings, String name, String address) {
        JdkHttpSender http = new JdkHttpSender(SETTINGS.http(), SETTINGS.clock());
        Evergrant door = Evergrant.open(
                new WatchedStorage(TokenStorages.open(address), crossings),
                new WatchedSender(http, crossings),
                SETTINGS);
        say(door, name, session -> {
            session.renewNow();
            crossings.at(Boundary.RETURNED);
            return "renewed";
        });
        http.close();
    }

    private static void say(Evergrant door, String name, Function<Session, String> work) {
        try (door) {
            OUT.println(work.apply(door.session(name)));
        } catch (EvergrantException e) {
            OUT.println("failed " + e.code());
        }
    }
}
