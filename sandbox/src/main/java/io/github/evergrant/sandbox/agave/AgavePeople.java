package io.github.evergrant.sandbox.agave;

import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.Person;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who a request comes from: a user's name and password, or a client's key and secret, in a Basic header. */
final class AgavePeople {

    private final AgaveSeed seed;

    AgavePeople(AgaveSeed seed) {
        this.seed = seed;
    }

    /** The two sides of a Basic header. */
    record Pair(String name, String secret) {}

    /** The user who asks the clients service, which says 400 to a wrong password. */
    Person user(Request request) {
        Pair pair = basic(request).orElseThrow(AgavePeople::missing);
        return find(pair.name(), pair.secret())
                .orElseThrow(() -> new Refusal(AgaveReplies.error(
                        400, "Login failed. Please recheck the username and password and try again.")));
    }

    Optional<Person> find(@Nullable String name, @Nullable String password) {
        return named(name).filter(person -> password != null && person.signsInWith(person.login(), password));
    }

    Optional<Person> named(@Nullable String name) {
        return seed.owners().stream()
                .map(AgaveSeed.Owner::person)
                .filter(person -> person.login().equals(name))
                .findFirst();
    }

    boolean isAdministrator(Person person) {
        return seed.administrator().equals(person);
    }

    /** As the server splits it: at every colon, so that a password with one is never right. */
    static Optional<Pair> basic(Request request) {
        String header = request.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(header.substring(6).strip());
            String[] sides = new String(bytes, StandardCharsets.UTF_8).split(":", -1);
            return sides.length == 2 ? Optional.of(new Pair(sides[0], sides[1])) : Optional.of(new Pair("", ""));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Refusal missing() {
        Reply reply = AgaveReplies.error(401, "Authorization header missing or invalid.");
        return new Refusal(reply.with("WWW-Authenticate", "Basic realm=\"Agave Platform\""));
    }
}
