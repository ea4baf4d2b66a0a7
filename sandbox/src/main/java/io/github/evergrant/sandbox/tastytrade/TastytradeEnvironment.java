package io.github.evergrant.sandbox.tastytrade;

import io.github.evergrant.sandbox.token.Client;

/**
 * One of the worlds that know nothing of each other.
 *
 * @param name also the segment that its addresses lie below
 * @param client the OAuth application registered there
 * @param accountPrefix what its account numbers begin with
 * @param quoteTokensEnd whether it says when a quote token ends
 */
public record TastytradeEnvironment(String name, Client client, String accountPrefix, boolean quoteTokensEnd) {

    /** What tokens of this environment are for. */
    String audience() {
        return TastytradeDialect.NAME + "/" + name;
    }
}
