package io.github.evergrant.sandbox.agave;

import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Person;
import java.util.List;

/**
 * What an Agave begins with.
 *
 * @param tenants all there are
 * @param owners everyone who has an account, in every tenant, with the client that the gateway makes by itself
 * @param administrator who may ask for another one's token
 */
public record AgaveSeed(List<AgaveTenant> tenants, List<Owner> owners, Person administrator) {

    public AgaveSeed {
        tenants = List.copyOf(tenants);
        owners = List.copyOf(owners);
    }

    /**
     * Somebody with an account.
     *
     * @param client theirs in each tenant; its id is the consumer key
     */
    public record Owner(Person person, Client client) {}
}
