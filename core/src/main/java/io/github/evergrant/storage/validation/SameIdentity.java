package io.github.evergrant.storage.validation;

import io.github.evergrant.storage.Replacement;
import io.github.evergrant.token.TokenData;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Demands that a session is one account's. */
final class SameIdentity implements TokenValidator {

    @Override
    public void beforeStore(String namespace, Map<String, TokenData> stored, Replacement change) {
        change.next().forEach((resourceServer, data) -> {
            TokenData former = stored.get(resourceServer);
            // Formats that hold no identity, and programs that drop it, leave records that are renewed all the same.
            boolean renewsAnonymous = former != null && former.identityId() == null;
            if (data.identityId() == null && !renewsAnonymous) {
                throw Refusals.store(
                        "missing_identity",
                        namespace,
                        "the token of session '" + namespace + "' for '" + resourceServer
                                + "' does not say whose it is",
                        "log in so that the provider says who came: with the scope openid");
            }
        });
        Set<String> ours = identities(stored);
        Set<String> theirs = identities(change.next());
        boolean stranger = !ours.isEmpty() && !ours.containsAll(theirs);
        if (stranger || identities(change.appliedTo(stored)).size() > 1) {
            throw Refusals.store(
                    "other_account",
                    namespace,
                    stranger
                            ? "session '" + namespace + "' is " + named(ours) + "'s, and this login is " + named(theirs)
                                    + "'s"
                            : "session '" + namespace + "' would hold tokens of several accounts: "
                                    + named(identities(change.appliedTo(stored))),
                    "log out first, or log in under another name");
        }
    }

    @Override
    public void afterRead(Reading reading) {
        Set<String> all = identities(reading.all().get());
        if (all.size() > 1) {
            throw Refusals.read(
                    "other_account",
                    reading.namespace(),
                    "session '" + reading.namespace() + "' holds tokens of several accounts: " + named(all),
                    "log out, then log in again");
        }
    }

    private static Set<String> identities(Map<String, TokenData> records) {
        Set<String> all = new LinkedHashSet<>();
        records.values().forEach(data -> data.identity().ifPresent(all::add));
        return all;
    }

    private static String named(Set<String> identities) {
        return String.join(", ", identities);
    }
}
