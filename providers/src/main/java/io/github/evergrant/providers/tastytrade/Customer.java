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
        String name = email().map(Cleaned::text).filter(text -> !text.isBlank()).orElse(null);
        String id = name == null
                ? externalId()
                        .map(Cleaned::text)
                        .filter(text -> !text.isBlank())
                        .orElse(null)
                : name.toLowerCase(Locale.ROOT);
        return new Account(name, id);
    }
}
