package io.github.evergrant.providers.tastytrade;

import java.util.Objects;
import java.util.Optional;

/**
 * Whether logins by password need a one-time code.
 *
 * @param active whether they do
 * @param type how it is sent, {@code sms} or another; absent when there is none
 */
public record SecondFactor(boolean active, Optional<String> type) {

    public SecondFactor {
        Objects.requireNonNull(type, "type");
    }
}
