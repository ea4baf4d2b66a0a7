package io.github.evergrant.providers.globus.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.token.Scopes;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobusScopesTest {

    static Stream<Golden> captured() {
        return Golden.read("globus/vectors/scope_parser.json").at("cases").items().stream();
    }

    @ParameterizedTest
    @MethodSource("captured")
    void a_captured_text_comes_to_the_same_trees_or_is_refused(Golden one) {
        String text = one.at("input").text();
        if (one.has("ok")) {
            List<GlobusScope> ours = GlobusScopes.parse(text);
            assertThat(Set.copyOf(unordered(ours)))
                    .isEqualTo(Set.copyOf(unorderedGolden(one.at("ok").items())));
            assertThat(ours).hasSameSizeAs(one.at("ok").items());
        } else {
            String code = one.at("error").text().equals("ScopeCycleError") ? "scope_cycle" : "scope_malformed";
            assertThatThrownBy(() -> GlobusScopes.parse(text))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
        }
    }

    @Test
    void every_captured_case_was_looked_at() {
        assertThat(captured()).hasSizeGreaterThan(30);
    }

    @Test
    void what_is_written_is_read_as_the_same() {
        GlobusScope data = GlobusScope.of("data").asOptional();
        GlobusScope all =
                GlobusScope.of("all").needing(data, GlobusScope.of("deep").needing(GlobusScope.of("deeper")));

        assertThat(all.text()).isEqualTo("all[*data deep[deeper]]").isEqualTo(all.toString());
        assertThat(GlobusScope.parse(all.text())).isEqualTo(all);
        assertThat(GlobusScopes.text(List.of(all, GlobusScope.of("openid"))))
                .isEqualTo("all[*data deep[deeper]] openid");
        assertThat(GlobusScopes.names(List.of(all, data))).isEqualTo(Scopes.of("all", "data"));
        assertThat(GlobusScopes.words(List.of(all)).values()).containsExactly("all[*data deep[deeper]]");
    }

    @Test
    void merging_unites_dependencies_wherever_the_name_is() {
        List<GlobusScope> merged = GlobusScopes.merge(List.of(
                GlobusScope.parse("a[*b]"),
                GlobusScope.parse("a[b c]"),
                GlobusScope.parse("d[a]"),
                GlobusScope.of("d")));

        assertThat(GlobusScopes.text(merged)).isEqualTo("a[b c] d[a[b c]]");
        assertThat(GlobusScopes.merge(List.of())).isEmpty();
    }

    @Test
    void nothing_and_several_are_not_one() {
        assertThat(GlobusScopes.parse("  ")).isEmpty();
        for (String text : new String[] {"", "a b"}) {
            assertThatThrownBy(() -> GlobusScope.parse(text))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("scope_malformed"));
        }
        assertThatThrownBy(() -> GlobusScopes.text(List.of()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("no_scopes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a[b]", "*a", "a*", "a]"})
    void what_the_syntax_is_made_of_is_no_name(String name) {
        assertThatThrownBy(() -> GlobusScope.of(name))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("scope_malformed"));
    }

    @Test
    void few_names_that_stand_for_a_huge_tree_are_refused() {
        // Each level doubles: thirty levels are a thousand million scopes.
        String doubling = IntStream.range(0, 30)
                .mapToObj(i ->
                        "s" + i + "[a" + i + " b" + i + "] a" + i + "[s" + (i + 1) + "] b" + i + "[s" + (i + 1) + "]")
                .collect(Collectors.joining(" "));
        String flat = IntStream.range(0, 10_001).mapToObj(i -> "s" + i).collect(Collectors.joining(" "));
        String chain = IntStream.range(0, 5_000)
                .mapToObj(i -> "s" + i + "[s" + (i + 1) + "]")
                .collect(Collectors.joining(" "));
        String backwards = IntStream.range(0, 5_000)
                .mapToObj(i -> "s" + (5_000 - i) + "[s" + (5_001 - i) + "]")
                .collect(Collectors.joining(" "));
        for (String hostile : List.of(
                doubling, flat, chain, backwards, "a[".repeat(60) + "b" + "]".repeat(60), "x".repeat(100_001))) {
            assertThatThrownBy(() -> GlobusScopes.parse(hostile))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isIn("scope_too_large", "scope_cycle"));
        }
        assertThat(GlobusScopes.parse("a".repeat(100_000))).hasSize(1);
    }

    @Test
    void scopes_that_are_made_of_an_id_are_those_of_globus_sdk() {
        String id = "6C54cade-bde5-45c1-bdea-f4bd71dba2cc";
        String other = "31ce9ba0-176d-45a5-add3-f37d233ba47d";

        assertThat(GlobusScopes.dataAccess(id, other))
                .hasToString("urn:globus:auth:scope:transfer.api.globus.org:all[*https://auth.globus.org/scopes/" + id
                        + "/data_access *https://auth.globus.org/scopes/" + other + "/data_access]");
        assertThat(GlobusScopes.ofFlow(other))
                .hasToString(
                        "https://auth.globus.org/scopes/" + other + "/flow_31ce9ba0_176d_45a5_add3_f37d233ba47d_user");
        assertThat(GlobusScopes.ofConnectServer(other))
                .hasToString("urn:globus:auth:scope:" + other + ":manage_collections");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "31ce9ba0-176d-45a5-add3-f37d233ba47d/x", "31ce9ba0_176d_45a5_add3_f37d233ba47d"})
    void what_is_no_id_makes_no_scope(String id) {
        for (Supplier<GlobusScope> scope : List.<Supplier<GlobusScope>>of(
                () -> GlobusScopes.dataAccess(id),
                () -> GlobusScopes.ofFlow(id),
                () -> GlobusScopes.ofConnectServer(id))) {
            assertThatThrownBy(scope::get)
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("bad_id"));
        }
        assertThatThrownBy(GlobusScopes::dataAccess).isInstanceOf(InvalidInput.class);
    }

    /** Whatever comes, it is read or refused; and what was read is written and read again as the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void any_text_is_read_or_refused(long seed) {
        Random random = new Random(seed);
        String letters = "ab[]* \u0000é";
        for (int i = 0; i < 5_000; i++) {
            String text = random.ints(random.nextInt(12), 0, letters.length())
                    .mapToObj(at -> letters.substring(at, at + 1))
                    .collect(Collectors.joining());
            List<GlobusScope> read;
            try {
                read = GlobusScopes.parse(text);
            } catch (InvalidInput e) {
                assertThat(e.code()).isIn("scope_malformed", "scope_cycle");
                assertThat(e.getMessage()).doesNotContain("\u0000");
                continue;
            }
            assertThat(unordered(GlobusScopes.merge(read))).as(text).isEqualTo(unordered(read));
        }
    }

    /** The same without the order of dependencies. */
    private record Tree(String name, boolean optional, Set<Tree> below) {}

    private static List<Tree> unordered(List<GlobusScope> scopes) {
        return scopes.stream()
                .map(it -> new Tree(it.name(), it.optional(), new HashSet<>(unordered(it.dependencies()))))
                .toList();
    }

    private static List<Tree> unorderedGolden(List<Golden> scopes) {
        return scopes.stream()
                .map(it -> new Tree(
                        it.at("scope").text(),
                        Boolean.TRUE.equals(it.at("optional").value()),
                        new HashSet<>(unorderedGolden(it.at("deps").items()))))
                .toList();
    }
}
