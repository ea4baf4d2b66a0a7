package io.github.evergrant.cli.report;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Times;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.renewal.Obtained;
import java.time.Instant;

/** Says why a token is not the one that was to be had, and what it is good for all the same. */
public final class OldToken {

    private OldToken() {}

    /** @return whether there was something to say */
    public static boolean warn(Invocation it, Obtained obtained) {
        EvergrantException trouble = obtained.warning();
        if (trouble == null) {
            return false;
        }
        if (trouble instanceof StorageFailure && obtained.renewed()) {
            it.voice().warn(trouble, "; the token is a new one that is not stored yet");
            return true;
        }
        Instant now = it.now();
        String until = obtained.data()
                .expiry()
                .end()
                .map(end -> " until " + Times.exact(end) + " (" + Times.relative(end, now) + ")")
                .orElse("");
        it.voice().warn(trouble, "; the stored token is still valid" + until);
        return true;
    }
}
