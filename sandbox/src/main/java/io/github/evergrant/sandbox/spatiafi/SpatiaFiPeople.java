package io.github.evergrant.sandbox.spatiafi;

import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Randomness;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who has an account, and all app credentials. Each creation makes another pair, which is good for ever. Safe for all threads. */
final class SpatiaFiPeople {

    private final SpatiaFiSeed seed;
    private final Randomness random;
    private final Map<String, SpatiaFiSeed.Credentials> pairs = new ConcurrentHashMap<>();

    SpatiaFiPeople(SpatiaFiSeed seed, Randomness random) {
        this.seed = seed;
        this.random = random;
        clear();
    }

    /** The person whose name, or address, and password stand in a Basic header; a password may hold colons. */
    Person signedIn(Request request) {
        String header = request.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            throw new Refusal(SpatiaFiReplies.detail(401, "Not authenticated").with("WWW-Authenticate", "Basic"));
        }
        String[] sides = decoded(header.substring(6).strip()).split(":", 2);
        return seed.people().stream()
                .filter(person -> sides.length == 2
                        && (person.signsInWith(sides[0], sides[1])
                                || (person.email().equals(sides[0]) && person.signsInWith(person.login(), sides[1]))))
                .findFirst()
                .orElseThrow(() -> new Refusal(SpatiaFiReplies.detail(400, "LOGIN_BAD_CREDENTIALS")));
    }

    SpatiaFiSeed.Credentials create(Person owner) {
        String id = random.uuid();
        SpatiaFiSeed.Credentials made =
                new SpatiaFiSeed.Credentials(owner, new Client(id, random.opaque(""), "app credentials"));
        pairs.put(id, made);
        return made;
    }

    Optional<SpatiaFiSeed.Credentials> byId(String id) {
        return Optional.ofNullable(pairs.get(id));
    }

    /** What there was in the beginning. */
    void clear() {
        pairs.clear();
        seed.credentials().forEach(pair -> pairs.put(pair.client().id(), pair));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
