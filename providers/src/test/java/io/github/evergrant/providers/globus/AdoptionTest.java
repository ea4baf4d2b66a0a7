package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Origin;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Scopes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Sessions that another program began, against the sandbox. */
final class AdoptionTest extends AdoptionCase {

    @Test
    void an_adopted_session_is_renewed_where_it_is_kept() throws Exception {
        byte[] before = Files.readAllBytes(file);
        Session session = adopt("theirs", origin);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(session.token().value().reveal()).isEqualTo(stored());
        session.renewNow();
        assertThat(session.token().value().reveal()).isEqualTo(stored());
        assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
        assertThat(Files.readString(file)).contains("\"DEFAULT\"").doesNotContain("theirs");
        assertThat(folder.resolve("sessions.json")).doesNotExist();
        try (Evergrant later = door()) {
            assertThat(later.sessions()).containsExactly("theirs");
            assertThat(later.session("theirs").token().value().reveal()).isEqualTo(stored());
            assertThat(later.session("theirs").facts().map(SessionFacts::scopes))
                    .contains(Scopes.of(PlayedGlobus.MY_GROUPS));
        }
    }

    @Test
    void without_an_origin_a_session_is_used_until_its_end_and_can_be_given_one_later() throws Exception {
        Session session = adopt("theirs", null);
        assertThat(session.token()).isNotNull();
        try (Stream<Path> beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
        assertThatThrownBy(session::renewNow)
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unknown_client"));
        adopt("theirs", origin).renewNow();
        assertThat(door.session("theirs").token().value().reveal()).isEqualTo(stored());
    }

    @Test
    void an_origin_that_was_wrong_can_be_put_right_and_a_login_s_cannot() {
        Origin wrong = new Origin(
                globus.data,
                GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT,
                Account.UNKNOWN,
                LoginResult.Kind.REFRESH_TOKEN);
        adopt("theirs", wrong);
        assertThat(adopt("theirs", origin).facts().map(SessionFacts::client))
                .contains(GlobusProvider.SANDBOX_PUBLIC_CLIENT);
        door.session("theirs").renewNow();
        door.keep("theirs", globus.login("demo"), false);
        assertThatThrownBy(() -> adopt("theirs", wrong))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("other_client"));
    }

    @Test
    void a_name_is_given_once() {
        door.keep("tour", globus.login("demo"), false);
        assertThatThrownBy(() -> adopt("tour", origin))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("session_exists"));
        adopt("theirs", origin);
        assertThatThrownBy(() -> door.rename("tour", "theirs")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> door.rename("theirs", "tour")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> door.copyFrom(foreign, "DEFAULT", "theirs", null))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> door.adoptFrom(foreign, "nobody", "new", null)).isInstanceOf(LoginRequired.class);
        assertThat(door.sessions()).containsExactlyInAnyOrder("tour", "theirs");
    }

    @Test
    void another_name_is_another_name_here_alone() {
        adopt("theirs", origin);
        door.rename("theirs", "mine");
        assertThat(door.sessions()).containsExactly("mine");
        assertThat(door.session("mine").token().value().reveal()).isEqualTo(stored());
        assertThatThrownBy(() -> door.session("theirs")).isInstanceOfSatisfying(LoginRequired.class, e -> {
            assertThat(e.code()).isEqualTo("moved");
            assertThat(e).hasMessageContaining("mine");
        });
        assertThat(foreign.namespaces()).containsExactly("DEFAULT");
    }

    @Test
    void a_renewal_under_way_ends_before_the_name_changes() {
        Session session = adopt("theirs", origin);
        globus.fault("{\"kind\":\"token.refresh\",\"do\":\"delay\",\"ms\":1500}");
        CompletableFuture<Void> renewal = CompletableFuture.runAsync(session::renewNow);
        Awaitility.await().until(() -> foreign.journal("DEFAULT").read().containsKey("intent"));
        door.rename("theirs", "mine");
        renewal.join();
        assertThat(door.session("mine").token().value().reveal()).isEqualTo(stored());
        door.session("mine").renewNow();
        globus.fault("{\"kind\":\"token.refresh\",\"do\":\"delay\",\"ms\":1500}");
        Session mine = door.session("mine");
        CompletableFuture<Void> another = CompletableFuture.runAsync(mine::renewNow);
        Awaitility.await().until(() -> foreign.journal("DEFAULT").read().containsKey("intent"));
        assertThat(door.release("mine")).isEmpty();
        another.handle((done, trouble) -> null).join();
        adopt("again", origin).renewNow();
        assertThat(globus.reuses()).isZero();
        assertThat(globus.requests("revoke")).isZero();
    }

    @Test
    void a_copy_is_ours_and_leaves_the_other_alone() throws Exception {
        byte[] before = Files.readAllBytes(file);
        assertThat(door.copyFrom(foreign, "DEFAULT", "copy", origin)).isTrue();
        Session copy = door.session("copy");
        assertThat(copy.facts().map(SessionFacts::client)).contains(GlobusProvider.SANDBOX_PUBLIC_CLIENT);
        copy.renewNow();
        assertThat(copy.token().value().reveal()).isNotEqualTo(stored());
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
    }

    @Test
    void a_door_whose_storage_joins_no_others_adopts_none() {
        try (Evergrant plain = Evergrant.open("json:" + folder.resolve("plain.json"))) {
            assertThatThrownBy(() -> plain.adoptFrom(foreign, "DEFAULT", "theirs", origin))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("storage_adopts_none"));
        }
    }

    @Test
    void a_session_of_one_s_own_storage_can_be_given_its_origin() {
        try (Evergrant theirs = Evergrant.open("json:" + file)) {
            assertThatThrownBy(() -> theirs.session("DEFAULT").renewNow()).isInstanceOf(EvergrantException.class);
            theirs.adopt("DEFAULT", origin).renewNow();
            assertThat(theirs.session("DEFAULT").token().value().reveal()).isEqualTo(stored());
        }
    }
}
