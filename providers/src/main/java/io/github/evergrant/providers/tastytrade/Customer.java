package io.github.evergrant.providers.tastytrade;

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
}
