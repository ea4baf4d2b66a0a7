package io.github.evergrant.sandbox.token;

import java.util.List;

/**
 * What a token allows: who, through which client, where, what.
 *
 * @param person whose token it is; for client credentials a person made from the client
 * @param client the client it was given to; no other may refresh or revoke it
 * @param audience the resource server that takes it
 * @param scopes what was allowed there, in the order asked for
 */
public record Grant(Person person, Client client, String audience, List<String> scopes) {

    public Grant {
        scopes = List.copyOf(scopes);
    }

    /** The scopes separated by spaces. */
    public String scope() {
        return String.join(" ", scopes);
    }
}
