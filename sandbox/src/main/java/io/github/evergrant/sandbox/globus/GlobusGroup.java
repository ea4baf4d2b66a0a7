package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.token.Person;

/**
 * A group with one member.
 *
 * @param id a UUID
 * @param name what it is called
 * @param enforceSession whether its members need a session of their own for it
 * @param member who is in it
 * @param role {@code member}, {@code manager} or {@code admin}
 */
public record GlobusGroup(String id, String name, boolean enforceSession, Person member, String role) {}
