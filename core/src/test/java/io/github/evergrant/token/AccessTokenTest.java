package io.github.evergrant.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessTokenTest {

    @ParameterizedTest
    @CsvSource({"Bearer,Bearer t", "bearer,Bearer t", "BEARER,Bearer t", "MAC,MAC t", "bare,t"})
    void its_header_has_the_word_of_its_type_before_it_unless_it_goes_bare(String type, String header) {
        assertThat(new AccessToken("api", Secret.of("t"), type, Scopes.NONE, Expiry.never()).header())
                .isEqualTo(header);
    }
}
