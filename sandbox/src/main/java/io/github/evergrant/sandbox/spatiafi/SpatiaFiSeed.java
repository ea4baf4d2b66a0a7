package io.github.evergrant.sandbox.spatiafi;

import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Person;
import java.util.List;

/**
 * What a SpatiaFi begins with.
 *
 * @param people everyone who has an account
 * @param credentials app credentials that were created before; the first are the default of {@code /_sandbox/grant}
 */
public record SpatiaFiSeed(List<Person> people, List<Credentials> credentials) {

    public SpatiaFiSeed {
        people = List.copyOf(people);
        credentials = List.copyOf(credentials);
    }

    /**
     * A pair, and whose it is.
     *
     * @param client its id and secret
     */
    public record Credentials(Person owner, Client client) {}
}
