package io.github.evergrant.providers.globus.app;

import static io.github.evergrant.providers.globus.PlayedGlobus.TRANSFER_ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.providers.globus.Group;
import io.github.evergrant.providers.globus.GroupsClient;
import io.github.evergrant.providers.globus.PlayedGlobus;
import io.github.evergrant.providers.globus.auth.AuthorizationRequired;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.service.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An API that wants another login, and the call that is sent once more after it. */
final class RedriveTest extends AppCase {

    private static final String OTHERS_GROUP = "v2/groups/0a4dea26-44cd-11e8-847f-0e6e723ad808";
    private static final String WANTS_LOGIN =
            "{\"code\":\"X\",\"authorization_parameters\":{\"session_message\":\"once more\",\"prompt\":\"login\"}}";

    @Test
    @DisplayName("87: an API that wants another login gets it, and the call is sent once more")
    void apiWantsLogin() {
        stage.who = "other";
        GlobusApp app = stage.app(AppStage.GROUPS.withRedrive(true));
        app.login();

        assertThat(group(app)).contains("Other Group");
        assertThat(stage.shown).hasSize(2);
        assertThat(stage.asked())
                .containsEntry("session_message", "Sign in again to see Other Group")
                .containsEntry("session_required_identities", "66666666-7777-4888-8999-aaaaaaaaaaaa")
                .containsEntry("session_required_mfa", "True")
                .doesNotContainKey("session_required_policies");
        assertThat(globus.requests("groups.group")).isEqualTo(2);
        assertThat(group(app)).contains("Other Group");
        assertThat(globus.requests("groups.group")).isEqualTo(3);
    }

    @Test
    @DisplayName("87: by default the refusal is the caller's")
    void byDefault() {
        stage.who = "other";
        GlobusApp app = stage.app(AppStage.GROUPS);

        assertThatThrownBy(() -> group(app)).isInstanceOfSatisfying(ProviderRefused.class, e -> {
            assertThat(e.code()).isEqualTo("api_refused");
            assertThat(AuthorizationRequired.of(e)).isPresent();
        });
        assertThat(stage.shown).hasSize(1);
    }

    @Test
    @DisplayName("87: an API that is still not content is not asked a third time")
    void secondRefusal() {
        GlobusApp app = redriving();
        globus.fault(
                "{\"dialect\":\"globus\",\"kind\":\"groups.my_groups\",\"times\":9,\"do\":\"status\",\"status\":403,"
                        + "\"headers\":{\"Content-Type\":\"application/json\"},\"body\":\""
                        + WANTS_LOGIN.replace("\"", "\\\"") + "\"}");

        assertRefused(app);

        assertThat(stage.shown).hasSize(2);
        assertThat(globus.requests("groups.my_groups")).isEqualTo(2);
    }

    @ParameterizedTest
    @DisplayName("87: each form of the demand is understood, and what it wants is asked for")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'code':'X','authorization_parameters':{'required_scopes':['SCOPE']}} | SCOPE",
                "{'authorization_parameters':{'session_required_policies':'p1,p2'}} | p1,p2",
                "{'code':'ConsentRequired','required_scopes':['SCOPE[*openid]'],'message':'m'} | SCOPE[*openid]",
                "{'code':'ConsentRequired','required_scope':'SCOPE','description':'d'} | SCOPE",
                "{'error':'dependent_consent_required','errors':[{'unapproved_scopes':['SCOPE']}]} | SCOPE",
                "{'errors':[{},{'code':'X','authorization_parameters':{'prompt':'login'}}]} | login"
            })
    void forms(String body, String wanted) {
        GlobusApp app = redriving();
        globus.answer("groups.my_groups", 403, body.replace('\'', '"').replace("SCOPE", TRANSFER_ALL));

        assertThat(stage.groups(app)).hasSize(1);

        assertThat(stage.shown).hasSize(2);
        assertThat(stage.asked().values())
                .anySatisfy(value -> assertThat(value).contains(wanted.replace("SCOPE", TRANSFER_ALL)));
        assertThat(stage.asked().get("scope")).contains(PlayedGlobus.MY_GROUPS);
    }

    @ParameterizedTest
    @DisplayName("88, W17: any other body is the ordinary refusal")
    @ValueSource(
            strings = {
                "[]",
                "[{\"code\":\"X\",\"authorization_parameters\":{}}]",
                "\"text\"",
                "7",
                "null",
                "",
                "<html>",
                "{\"errors\":[]}",
                "{\"error\":\"dependent_consent_required\",\"errors\":[]}",
                "{\"code\":\"PermissionDenied\",\"message\":\"no\"}",
                "{\"code\":\"X\",\"authorization_parameters\":{\"required_scopes\":[\"a[\"]}}"
            })
    void ordinary(String body) {
        GlobusApp app = redriving();
        globus.answer("groups.my_groups", 403, body);

        assertRefused(app);
        assertThat(stage.shown).hasSize(1);
        assertThat(stage.groups(app)).hasSize(1);
    }

    @Test
    void only_a_403_is_a_demand() {
        GlobusApp app = redriving();
        globus.answer("groups.my_groups", 400, WANTS_LOGIN);

        assertRefused(app);
        assertThat(stage.shown).hasSize(1);
    }

    @Test
    void somebody_else_who_comes_then_is_turned_away_and_the_session_stays() {
        GlobusApp app = redriving();
        globus.answer("groups.my_groups", 403, WANTS_LOGIN);
        stage.who = "other";

        assertThatThrownBy(() -> stage.groups(app))
                .isInstanceOfSatisfying(
                        LoginFailed.class, e -> assertThat(e.code()).isEqualTo("other_account"));

        assertThat(stage.groups(app)).extracting(Group::name).containsExactly("Demo Group");
    }

    @Test
    void calls_that_are_refused_at_once_need_one_login() throws Exception {
        GlobusApp app = redriving();
        int many = 8;
        CountDownLatch sent = new CountDownLatch(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        // Each call of the first round is held until all are there, then refused.
        globus.fault("{\"dialect\":\"globus\",\"kind\":\"groups.my_groups\",\"times\":" + many
                + ",\"do\":\"status\",\"status\":403,\"ms\":2000,\"headers\":{\"Content-Type\":\"application/json\"},"
                + "\"body\":\"" + WANTS_LOGIN.replace("\"", "\\\"")
                + "\"}");
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                all.add(threads.submit(() -> {
                    sent.countDown();
                    sent.await();
                    return stage.groups(app).size();
                }));
            }
            for (Future<Integer> each : all) {
                assertThat(each.get()).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(stage.shown).hasSize(2);
    }

    private GlobusApp redriving() {
        GlobusApp app = stage.app(AppStage.GROUPS.withRedrive(true));
        app.login();
        return app;
    }

    private static void assertRefused(GlobusApp app) {
        assertThatThrownBy(() -> new GroupsClient(app.client(GlobusService.GROUPS)).myGroups())
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("api_refused"));
    }

    private static String group(GlobusApp app) {
        return app.client(GlobusService.GROUPS)
                .get(OTHERS_GROUP, Query.NONE)
                .text("name")
                .orElseThrow();
    }
}
