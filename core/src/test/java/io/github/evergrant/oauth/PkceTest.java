package io.github.evergrant.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.token.Secret;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Statement 61. */
final class PkceTest {

    private static final Golden VECTORS = Golden.read("globus/vectors/pkce.json");

    @Test
    @DisplayName("61: captured verifiers give their challenges")
    void captured_verifiers_give_their_challenges() {
        for (Golden one : VECTORS.at("valid").items()) {
            assertThat(new Pkce(Secret.of(one.at("verifier").text())).challenge())
                    .isEqualTo(one.at("challenge").text());
        }
    }

    @Test
    @DisplayName("61: captured misfits are refused without quoting them")
    void captured_misfits_are_refused_without_quoting_them() {
        for (Golden one : VECTORS.at("checks").items()) {
            String verifier = one.at("verifier").text();

            assertThatThrownBy(() -> new Pkce(Secret.of(verifier)))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageNotContaining(verifier);
        }
    }

    @Test
    void a_fresh_one_has_43_characters_and_never_comes_twice() {
        assertThat(Pkce.generate().verifier().reveal()).hasSize(43).matches("[A-Za-z0-9_-]+");
        assertThat(Pkce.generate()).isNotEqualTo(Pkce.generate());
    }
}
