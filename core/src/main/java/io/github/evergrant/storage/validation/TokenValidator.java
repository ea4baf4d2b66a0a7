package io.github.evergrant.storage.validation;

import io.github.evergrant.storage.Replacement;
import io.github.evergrant.token.TokenData;
import java.util.List;
import java.util.Map;

/**
 * A demand on token data.
 *
 * <p>Safe for many threads. It should remember nothing: what is stored may be changed by others at any time, and what it
 * refused was never there.
 */
public interface TokenValidator {

    /** Demands nothing. */
    TokenValidator NONE = new TokenValidator() {};

    /**
     * Judges records before they are stored.
     *
     * @param stored what the namespace holds now
     * @param change what is to be; it fits what is stored
     * @throws io.github.evergrant.error.EvergrantException to refuse; then nothing is stored
     */
    default void beforeStore(String namespace, Map<String, TokenData> stored, Replacement change) {}

    /**
     * Judges records before they are handed out.
     *
     * @throws io.github.evergrant.error.EvergrantException to refuse; what is stored stays as it is
     */
    default void afterRead(Reading reading) {}

    /** The same demand on one namespace alone. */
    default TokenValidator only(String namespace) {
        TokenValidator every = this;
        return new TokenValidator() {
            @Override
            public void beforeStore(String concerned, Map<String, TokenData> stored, Replacement change) {
                if (concerned.equals(namespace)) {
                    every.beforeStore(concerned, stored, change);
                }
            }

            @Override
            public void afterRead(Reading reading) {
                if (reading.namespace().equals(namespace)) {
                    every.afterRead(reading);
                }
            }
        };
    }

    /** All of these demands, in their order; the first that is not met is reported. */
    static TokenValidator all(List<TokenValidator> validators) {
        List<TokenValidator> each = List.copyOf(validators);
        return new TokenValidator() {
            @Override
            public void beforeStore(String namespace, Map<String, TokenData> stored, Replacement change) {
                each.forEach(one -> one.beforeStore(namespace, stored, change));
            }

            @Override
            public void afterRead(Reading reading) {
                each.forEach(one -> one.afterRead(reading));
            }
        };
    }
}
