package io.github.evergrant.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScopesTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    "", ""
                    "  ", ""
                    "a", "a"
                    " a\tb  c ", "a|b|c"
                    "b a b", "b|a"
                    "a[b c]", "a[b c]"
                    "a[b c] c", "a[b c]|c"
                    "a[b *c[d  e]] f[b *c[d  e]]", "a[b *c[d e]]|f[b *c[d e]]"
                    "a[ b ] c", "a[ b ]|c"
                    "a[b c] a[b c]", "a[b c]"
                    "a[b c", "a[b|c"
                    "a]b c[", "a]b|c["
                    "a[b [c d] e", "a[b|[c d]|e"
                    "a[] b", "a[]|b"
                    """)
    void words_are_separated_by_white_space_that_is_not_in_brackets(String text, String words) {
        List<String> expected = words == null || words.isEmpty() ? List.of() : List.of(words.split("\\|"));
        assertThat(Scopes.parse(text).values()).isEqualTo(expected);
    }

    @Test
    void what_was_read_is_read_again_from_its_text() {
        Scopes scopes = Scopes.parse("openid a[b c] b[a c] x[c");
        assertThat(scopes.values()).containsExactly("openid", "a[b c]", "b[a c]", "x[c");
        assertThat(Scopes.parse(scopes.text())).isEqualTo(scopes);
    }

    @Test
    void a_word_with_brackets_is_added_once() {
        Scopes had = Scopes.parse("openid a[b c]");
        assertThat(had.plus(Scopes.parse("a[b c] d[b c]")).text()).isEqualTo("openid a[b c] d[b c]");
    }

    @Test
    void a_million_brackets_are_read_in_no_time() {
        assertThatCode(() ->
                        assertThat(Scopes.parse("[ ".repeat(1 << 19)).values()).containsExactly("["))
                .doesNotThrowAnyException();
        String nested = "[ ".repeat(1 << 18) + "] ".repeat(1 << 18);
        assertThat(Scopes.parse(nested).values()).hasSize(1);
    }
}
