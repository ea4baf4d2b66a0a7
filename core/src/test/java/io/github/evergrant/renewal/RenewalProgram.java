package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that renews when told to, in the store whose address it is given; whoever started it plays the provider.
 *
 * <p>It reads {@code obtain RS SECONDS}, {@code standing} or {@code end}, and answers {@code got ACCESS}, {@code failed
 * CODE MESSAGE} or {@code standing …}; while it waits for
 * others it says {@code waits} once. When it would send, it says {@code sends REFRESH} and reads the answer: {@code
 * grant RS ACCESS REFRESH …}, {@code refuse CODE}, {@code drop} or {@code unavailable}; before it, {@code standing} as
 * often as it is asked.
 */
final class RenewalProgram {

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** How often a flight looks at the clock before it sends at most; who looks oftener is waiting. */
    private static final int LOOKS_BEFORE_SENDING = 12;

    private static final AtomicInteger LOOKS = new AtomicInteger(LOOKS_BEFORE_SENDING);

    private RenewalProgram() {}

    private static Instant look() {
        if (LOOKS.incrementAndGet() == LOOKS_BEFORE_SENDING) {
            say("waits");
        }
        return Instant.now();
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        TokenStorage storage = TokenStorages.open(arguments[0]);
        Flights flights = new Flights();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> flights.close(Duration.ofSeconds(11))));
        Surroundings around = new Surroundings(
                RenewalProgram::look, facts -> new Played(in, storage), null, (facts, late) -> say("late"));
        Renewal renewal = new Renewal(storage, "tour", around, flights, response -> {});
        say("ready");
        for (String line = in.readLine(); line != null && !line.equals("end"); line = in.readLine()) {
            obey(line.split(" "), renewal, storage);
        }
    }

    private static void obey(String[] words, Renewal renewal, TokenStorage storage) {
        try {
            if (words[0].equals("standing")) {
                standing(storage);
                return;
            }
            LOOKS.set(0);
            Duration patience = Duration.ofSeconds(Long.parseLong(words[2]));
            Demand demand = words[0].equals("renew") ? Demand.SUCCESSOR : Demand.GOOD_NOW;
            say("got "
                    + renewal.obtain(words[1], demand.withPatience(patience))
                            .data()
                            .accessToken()
                            .reveal());
        } catch (EvergrantException e) {
            say("failed " + e.code() + " " + e.getMessage());
        }
    }

    private static void standing(TokenStorage storage) {
        Standing standing =
                new SessionRecords(storage, "tour").standing(Instant.now()).orElseThrow();
        say("standing " + (standing.inDoubt() == null ? "settled" : "in-doubt"));
    }

    private record Played(BufferedReader in, TokenStorage storage) implements Exchange {

        @Override
        public Duration reuseGrace() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Outcome send(TokenData current, Duration deadline) {
            return play(in, storage, current);
        }
    }

    private static Outcome play(BufferedReader in, TokenStorage storage, TokenData current) {
        LOOKS.set(LOOKS_BEFORE_SENDING);
        say("sends " + current.refresh().map(Secret::reveal).orElse("nothing"));
        try {
            String line = in.readLine();
            while ("standing".equals(line)) {
                // In the middle of its own renewal, in the process that has the lease.
                standing(storage);
                line = in.readLine();
            }
            String[] words = line == null ? new String[] {"drop"} : line.split(" ");
            return switch (words[0]) {
                case "grant" -> new Outcome.Granted(granted(words));
                case "refuse" -> new Outcome.Refused(words[1], "");
                case "unavailable" -> new Outcome.Unavailable("status 503", null);
                default -> new Outcome.Unanswered("dropped");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TokenResponse granted(String[] words) {
        Instant now = Instant.now();
        TokenData[] all = new TokenData[(words.length - 1) / 3];
        for (int i = 0; i < all.length; i++) {
            all[i] = TokenData.bearer(words[1 + 3 * i], Secret.of(words[2 + 3 * i]), Expiry.at(now.plusSeconds(900)))
                    .withRefreshToken(Secret.of(words[3 + 3 * i]));
        }
        return TokenResponse.of(now, all);
    }

    private static void say(String line) {
        OUT.println(line);
    }
}
