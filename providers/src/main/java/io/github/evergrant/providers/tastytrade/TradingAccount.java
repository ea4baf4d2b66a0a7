package io.github.evergrant.providers.tastytrade;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An account that trades. Everything but its number may be absent (docs/protocols/tastytrade.md section 7.2).
 *
 * @param number by which it is asked for
 * @param fields every member that was sent
 */
public record TradingAccount(String number, Fields fields) {

    public TradingAccount {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(fields, "fields");
    }

    public Optional<String> nickname() {
        return fields.text("nickname");
    }

    /** {@code Individual} and the like. */
    public Optional<String> typeName() {
        return fields.text("account-type-name");
    }

    /** {@code Margin} or {@code Cash}. */
    public Optional<String> marginOrCash() {
        return fields.text("margin-or-cash");
    }

    /** Whether it was closed; one that does not say so was not. */
    public boolean isClosed() {
        return fields.flag("is-closed").orElse(false);
    }

    public Optional<Instant> openedAt() {
        return fields.time("opened-at");
    }
}
