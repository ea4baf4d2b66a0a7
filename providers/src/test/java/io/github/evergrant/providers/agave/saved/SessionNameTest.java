package io.github.evergrant.providers.agave.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of saved sessions as texts and back. */
final class SessionNameTest {

    @ParameterizedTest
    @CsvSource({
        "sd2e, ada, c1, sd2e/ada/c1",
        "sd2e, ada, a/b, sd2e/ada/a/b",
        "a/b, c%d, e%f, a%2Fb/c%25d/e%f",
        "'', '', DEFAULT, DEFAULT",
        "'', '', a/b, a/b",
        "'', '', a/b/c, //a/b/c",
        "'', ada, c1, /ada/c1",
        "sd2e, '', '', sd2e//",
        "'', '', '', ''",
        "%2F, %, /, %252F/%25//"
    })
    void a_name_and_its_text_belong_to_one_another(String tenant, String username, String client, String text) {
        SessionName name = new SessionName(tenant, username, client);
        assertThat(name.text()).isEqualTo(text);
        assertThat(SessionName.of(text)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//c", "a%/b/c", "a/%41/c", "//a/b"})
    void a_text_that_would_be_a_second_name_is_refused(String text) {
        assertThatThrownBy(() -> SessionName.of(text))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("name_unusable"));
    }

    @Test
    void no_two_texts_are_one_name() {
        String letters = "a/%2F5";
        java.util.Map<SessionName, String> all = new java.util.HashMap<>();
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(9); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                String former = all.put(SessionName.of(text.toString()), text.toString());
                assertThat(former == null || former.contentEquals(text))
                        .as("%s and %s", former, text)
                        .isTrue();
            } catch (InvalidInput e) {
                assertThat(e.code()).isEqualTo("name_unusable");
            }
        }
    }
}
