package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.login.Account;
import io.github.evergrant.oauth.Cleaned;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Who a session belongs to. Everything may be absent, and all of it is personal: the text form shows none of it
 * (docs/protocols/tastytrade.md section 7.1).
 *
 * @param fields every member that was sent
 */
public record Customer(Fields fields) {

    public Customer {
        Objects.requireNonNull(fields, "fields");
    }

    public Optional<String> id() {
        return fields.text("id");
    }

    public Optional<String> externalId() {
        return fields.text("external-id");
    }

    public Optional<String> email() {
        return fields.text("email");
    }

    public Optional<String> firstName() {
        return fields.text("first-name");
    }

    public Optional<String> lastName() {
        return fields.text("last-name");
    }

    /**
     * Who that is, told from others by the address: the service does not send its own ids to everybody. Nobody in particular when
     * it sends neither.
     */
    public Account account() {
        String name = clean(email()).orElse(null);
        return new Account(name, identity(email(), externalId()).orElse(null));
    }

    /**
     * By what people are told from others, however they log in: the address, in lower case, else the service's own id.
     *
     * @return nothing when neither is told
     */
    public static Optional<String> identity(Optional<String> email, Optional<String> externalId) {
        return clean(email).map(address -> address.toLowerCase(Locale.ROOT)).or(() -> clean(externalId));
    }

    private static Optional<String> clean(Optional<String> told) {
        return told.map(Cleaned::text).filter(text -> !text.isBlank());
    }
}
