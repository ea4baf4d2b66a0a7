package io.github.evergrant.sandbox.token;

/** What a code stands for: what was asked, and who allowed it. */
public record AuthorizationCode(AuthorizationRequest request, Person person) {}
