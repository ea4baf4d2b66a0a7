package io.github.evergrant.sandbox.agave;

/**
 * A tenant of Agave.
 *
 * @param code its id for people, also the segment that its addresses lie below
 * @param name what it is called
 * @param xmlFaults whether its gateway is an old one, which says in XML why a token is refused
 */
public record AgaveTenant(String code, String name, boolean xmlFaults) {}
