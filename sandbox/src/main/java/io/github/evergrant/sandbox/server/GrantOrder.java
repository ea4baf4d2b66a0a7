package io.github.evergrant.sandbox.server;

import io.github.evergrant.sandbox.token.Person;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A login that {@code /_sandbox/grant} asks for.
 *
 * @param person who logs in
 * @param client the client's id; absent for the dialect's public client
 * @param scopes absent for a sensible set
 * @param lifetime how long the first access tokens live; absent for the usual lifetime
 * @param refresh whether refresh tokens are given
 */
public record GrantOrder(
        Person person,
        @Nullable String client,
        @Nullable List<String> scopes,
        @Nullable Duration lifetime,
        boolean refresh) {}
