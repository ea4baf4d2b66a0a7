package io.github.evergrant.providers.globus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose login counts for whom, one thread after the other. */
final class DeskTest {

    private final Desk desk = new Desk();
    private final List<String> done = new ArrayList<>();

    @Test
    void who_looked_before_a_login_ended_that_asked_for_as_much_shares_it() {
        Desk.@Nullable Visit before = desk.last();
        assertThat(share("a b[c *d]", before, "first")).isTrue();

        for (String less : List.of("a", "b", "b[c]", "b[*d] a", "b[*c]", "")) {
            assertThat(share(less, before, "second " + less)).isTrue();
        }

        assertThat(done).containsExactly("first");
    }

    @Test
    void who_looked_after_it_or_needs_more_comes_on_their_own() {
        share("a b[c *d]", null, "first");

        assertThat(share("a", desk.last(), "looked later")).isTrue();
        for (String more : List.of("e", "b[d]", "b[c[e]]", "a[c]")) {
            Desk.@Nullable Visit before = desk.last();
            share("a b[c *d]", before, "in between");
            assertThat(share(more, before, more)).isTrue();
        }

        assertThat(done)
                .containsExactly(
                        "first",
                        "looked later",
                        "in between",
                        "e",
                        "in between",
                        "b[d]",
                        "in between",
                        "b[c[e]]",
                        "in between",
                        "a[c]");
    }

    @Test
    void who_looked_before_it_failed_shares_the_failure_and_who_looks_later_tries_again() {
        Desk.@Nullable Visit before = desk.last();
        LoginFailed failure = new LoginFailed(Problem.of("login_denied", "no"));
        assertThatThrownBy(() -> desk.visitOrShare(scopes("a"), before, () -> {
                    throw failure;
                }))
                .isSameAs(failure);

        assertThatThrownBy(() -> share("a", before, "shared")).isSameAs(failure);
        assertThat(done).isEmpty();
        assertThat(share("a", desk.last(), "again")).isTrue();
        assertThat(done).containsExactly("again");
    }

    @Test
    void who_is_at_the_desk_may_come_again() {
        desk.visit(scopes("a"), () -> {
            assertThat(desk.isMine()).isTrue();
            desk.visit(scopes("b"), () -> done.add("nested"));
            share("c", null, "nested too");
        });

        assertThat(desk.isMine()).isFalse();
        assertThat(done).containsExactly("nested", "nested too");
    }

    private boolean share(String scopes, Desk.@Nullable Visit seen, String what) {
        return desk.visitOrShare(scopes(scopes), seen, () -> done.add(what));
    }

    private static List<GlobusScope> scopes(String text) {
        return GlobusScopes.parse(text);
    }
}
