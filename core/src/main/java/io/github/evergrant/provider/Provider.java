package io.github.evergrant.provider;

import io.github.evergrant.oauth.Client;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server and the APIs behind it.
 *
 * <p>Found by {@link java.util.ServiceLoader}. Mostly data; a method is overridden only where the server departs from
 * the RFCs. Immutable and safe for many threads.
 */
public interface Provider {

    /** Its name on the command line, in lower case. */
    String id();

    /** Its name for people. */
    String title();

    /** The environments it has; the first is the default. */
    List<String> environments();

    /**
     * One environment as data.
     *
     * @param environment one of {@link #environments()}, or null for the default
     * @param sandbox the address of a sandbox to talk to instead, or null
     * @throws io.github.evergrant.error.InvalidInput when there is no such environment
     */
    ProviderData describe(@Nullable String environment, @Nullable URI sandbox);

    /**
     * The environment that a session remembers, as data. A provider whose environments are not all known beforehand finds it
     * by the address.
     *
     * @param environment as its data called it at login
     * @param tokenEndpoint as its data had it at login
     * @param sandbox the address of the sandbox that the session came from, or null
     */
    default ProviderData recall(String environment, URI tokenEndpoint, @Nullable URI sandbox) {
        return describe(environment, sandbox);
    }

    /** A confidential client of this provider, which authenticates in the way it wants. */
    default Client client(String id, Secret secret) {
        return Client.confidential(id, secret);
    }

    /** The sandbox's own client for this provider, so that trying needs no registration. */
    Optional<Client> sandboxClient();

    /** The sandbox's client that logs in for itself. */
    default Optional<Client> sandboxMachineClient() {
        return sandboxClient();
    }

    /** Further parameters of the authorization request: {@code access_type=offline} and the like. */
    default Map<String, String> authorizationParameters() {
        return Map.of();
    }

    /** Whether PKCE (RFC 7636) is used with a client; true unless the server refuses it. */
    default boolean usesPkce(Client client) {
        return true;
    }

    /**
     * How people come by a client of their own; nothing where there is a client for everybody, or only machines have any.
     *
     * @param data one of its environments
     */
    default Optional<SetUp> setUp(ProviderData data) {
        return Optional.empty();
    }

    /**
     * How it is asked for a successor: by RFC 6749 section 6, unless its {@link RefreshRules} say that it has a way of its
     * own.
     *
     * @param tokenEndpoint the session's
     */
    default RefreshWay refreshWay(URI tokenEndpoint) {
        return RefreshWay.USUAL;
    }

    /**
     * The environment variables, with their values, by which programs of this provider go on as a session's client by
     * themselves. A fixed list as well; the client's secret is among the values.
     *
     * @param client the session's
     * @param userId whose the session is, as the provider knows them, or null when that is not known
     */
    default Map<String, String> clientVariables(Client client, @Nullable String userId) {
        return Map.of();
    }

    /**
     * The environment variables that programs of this provider read an access token from, most common first. A fixed
     * list: nothing stored can add to it.
     */
    default List<String> tokenVariables() {
        return List.of();
    }

    /**
     * The environment variables, with their values, by which programs of this provider find the instance that a session is
     * with. A fixed list as well.
     *
     * @param tokenEndpoint the session's
     */
    default Map<String, String> instanceVariables(URI tokenEndpoint) {
        return Map.of();
    }

    /**
     * The environment variables, with their values, by which programs of this provider renew a session's tokens for themselves,
     * in the place of {@link #tokenVariables}. A fixed list as well; all of it is secret. None where that would end the session:
     * where refresh tokens are used once.
     *
     * @param tokenEndpoint the session's
     * @param client the session's
     * @param refreshToken the newest
     */
    default Map<String, String> grantVariables(URI tokenEndpoint, Client client, Secret refreshToken) {
        return Map.of();
    }
}
