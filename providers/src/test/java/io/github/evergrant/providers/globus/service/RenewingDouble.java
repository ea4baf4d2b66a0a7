package io.github.evergrant.providers.globus.service;

import io.github.evergrant.authorizer.Authorizer;

/** Hands out a token with a number, and another one after each refusal. For one thread. */
public final class RenewingDouble implements Authorizer {

    private int renewals;

    public int renewals() {
        return renewals;
    }

    @Override
    public String header() {
        return "Bearer canary-token-" + renewals;
    }

    @Override
    public boolean renewAfterRefusal(String refused) {
        if (refused.equals(header())) {
            renewals++;
        }
        return true;
    }
}
