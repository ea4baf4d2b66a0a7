package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.service.FakePace;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.service.ServiceClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupsClientTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final List<HttpCall> calls = new ArrayList<>();

    @Test
    void my_groups_are_read_as_captured() {
        List<Group> groups = client(200, """
                        [{"id":"d3974728-6458-11e4-b72d-123139141556","name":"Example Group","group_type":"regular",
                          "enforce_session":false,"my_memberships":[{"role":"member","status":"active"}]}]
                        """).myGroups();

        assertThat(groups)
                .containsExactly(new Group(
                        "d3974728-6458-11e4-b72d-123139141556", "Example Group", "regular", false, List.of("member")));
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0)).hasToString("GET https://groups.api.globus.org/v2/groups/my_groups");
    }

    @Test
    void what_is_malformed_is_skipped_or_cleaned() {
        List<Group> groups = client(200, """
                        [null, 7, {}, {"id":7}, {"id":"a","name":"x\\u001b[2Jy","enforce_session":"yes","my_memberships":7},
                         {"id":"b","enforce_session":true,"my_memberships":[7,{"role":"admin"},{"role":"admin"},{}]}]
                        """).myGroups();

        assertThat(groups)
                .containsExactly(
                        new Group("a", "x[2Jy", "", false, List.of()), new Group("b", "", "", true, List.of("admin")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "null"})
    void an_answer_that_is_no_list_is_unreadable(String body) {
        assertThatThrownBy(() -> client(200, body).myGroups())
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
    }

    @Test
    void a_refusal_and_trouble_are_told_apart() {
        assertThatThrownBy(() -> client(403, "canary").myGroups())
                .isInstanceOf(ProviderRefused.class)
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> client(503, "canary").myGroups()).isInstanceOf(TemporarilyUnavailable.class);
    }

    @Test
    void ten_thousand_groups_come_in_one_answer() {
        String all = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"name\":\"Group " + i
                        + "\",\"my_memberships\":[{\"role\":\"member\"}]}")
                .collect(Collectors.joining(",", "[", "]"));
        List<Group> groups = client(200, all).myGroups();
        assertThat(groups).hasSize(10_000);
        assertThat(groups.get(9_999)).isEqualTo(new Group("9999", "Group 9999", "", false, List.of("member")));
        assertThat(calls).hasSize(1);
    }

    private GroupsClient client(int status, String body) {
        HttpSender http = (call, deadline, most) -> {
            calls.add(call);
            return new HttpReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), NOW);
        };
        ProviderData production = new GlobusProvider(Map.of()).describe(null, null);
        return new GroupsClient(ServiceClient.of(production, GlobusService.GROUPS, http, Authorizers.none())
                .with(new FakePace()));
    }
}
