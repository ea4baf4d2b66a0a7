package io.github.evergrant.login;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.util.Map;
import java.util.Optional;

/** The parameters a browser brought back (RFC 6749 section 4.1.2), not yet believed. */
record RedirectAnswer(Map<String, String> parameters) {

    /** @throws InvalidInput {@code redirect_malformed} when a parameter stands there twice or cannot be decoded */
    static RedirectAnswer parse(String query) {
        try {
            return new RedirectAnswer(Parameters.of(query));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    /** A parameter that is there and not empty. */
    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** Without the values: one of them is the code. */
    @Override
    public String toString() {
        return "RedirectAnswer" + parameters.keySet();
    }

    private static InvalidInput malformed() {
        return new InvalidInput(Problem.of("redirect_malformed", "the address is no answer of an authorization server")
                .withAdvice("copy the whole address from the browser, or only the code"));
    }
}
