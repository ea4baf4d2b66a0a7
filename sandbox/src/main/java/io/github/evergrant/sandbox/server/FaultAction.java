package io.github.evergrant.sandbox.server;

import io.github.evergrant.sandbox.token.Change;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a fault rule does, by the name it has in {@code do}. */
enum FaultAction {
    /** Waits, then works; with {@code after}, works, then waits. */
    DELAY,
    /** Answers with the rule's status, headers and body. */
    STATUS,
    /** Closes the connection without a byte. */
    DROP,
    /** Answers bytes that are neither JSON nor text. */
    GARBAGE,
    /** Announces more than it sends, then closes. */
    TRUNCATE,
    /** Answers with more than 64 MiB. */
    HUGE,
    /** Answers a byte at a time over the rule's milliseconds. */
    SLOW_DRIP,
    /** Answers with HTML, or with {@code after} the true answer labelled as HTML. */
    WRONG_CONTENT_TYPE,
    SAME_TOKEN_AGAIN(Change.SAME_TOKEN_AGAIN),
    NO_REFRESH_TOKEN(Change.NO_REFRESH_TOKEN),
    NO_EXPIRES_IN(Change.NO_EXPIRES_IN);

    /** The change this makes to an answer that is otherwise true; absent for the others. */
    final @Nullable Change change;

    FaultAction() {
        this(null);
    }

    FaultAction(@Nullable Change change) {
        this.change = change;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<FaultAction> named(String wireName) {
        return Arrays.stream(values())
                .filter(action -> action.wireName().equals(wireName))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(FaultAction::wireName).collect(Collectors.joining(", ")) + ", drop-after";
    }
}
