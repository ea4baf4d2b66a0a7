package io.github.evergrant.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeadTest {

    private static final Instant THEN = Instant.ofEpochSecond(1);
    private static final Instant LATER = Instant.ofEpochSecond(2);

    @Test
    void two_are_equal_if_all_of_them_is() {
        Head one = new Head(data("access"), THEN, false, false, null);
        List<Head> others = List.of(
                new Head(data("other"), THEN, false, false, null),
                new Head(data("access"), LATER, false, false, null),
                new Head(data("access"), THEN, true, false, null),
                new Head(data("access"), THEN, false, true, null),
                new Head(data("access"), THEN, false, false, LATER));

        assertThat(others)
                .hasSameSizeAs(Head.class.getRecordComponents())
                .doesNotContain(one)
                .doesNotHaveDuplicates();
        assertThat(new Head(data("access"), THEN, false, false, null))
                .isEqualTo(one)
                .hasSameHashCodeAs(one);
    }

    private static TokenData data(String access) {
        return TokenData.bearer("rs", Secret.of(access), Expiry.at(LATER));
    }
}
