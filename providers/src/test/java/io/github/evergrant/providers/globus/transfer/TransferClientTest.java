package io.github.evergrant.providers.globus.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.providers.globus.service.ApiError;
import io.github.evergrant.providers.globus.service.FakePace;
import io.github.evergrant.providers.globus.service.Query;
import io.github.evergrant.providers.globus.service.Scripted;
import io.github.evergrant.providers.globus.service.ServiceClient;
import io.github.evergrant.providers.globus.transfer.Task.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransferClientTest {

    private static final URI BASE = URI.create("https://transfer.api.globus.org/");
    private static final String ID = "6c54cade-bde5-45c1-bdea-f4bd71dba2cc";
    private static final String TASK = "f51bdaea-ad78-11e8-823c-0a3b7ca8ce66";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakePace pace = new FakePace();
    private final Scripted service = new Scripted(pace);
    private final TransferClient client =
            new TransferClient(ServiceClient.at("Globus Transfer", BASE, service, Authorizers.none())
                    .with(pace));

    @Test
    void a_search_sends_what_globus_sdk_sends() {
        service.json(200, "{\"DATA\":[],\"has_next_page\":false}");

        client.searchEndpoints(Query.of("filter_fulltext", "a b").with("offset", 20))
                .toList();

        assertThat(service.targets()).containsExactly("/v0.10/endpoint_search?filter_fulltext=a+b&offset=20&limit=100");
        assertThat(Golden.exchanges("transfer_endpoint_search")
                        .get(0)
                        .at("target")
                        .text())
                .isEqualTo("/v0.10/endpoint_search?filter_fulltext=a+b&limit=10&offset=20");
    }

    static Stream<Golden> sequences() {
        return Golden.read("globus/vectors/retry_sequences.json").at("cases").items().stream()
                .filter(one -> one.has("service"));
    }

    @ParameterizedTest
    @MethodSource("sequences")
    @DisplayName("93: the captured sequences: ExternalError by 502 is asked once, EndpointError by 503 is retried")
    void statement93(Golden one) {
        String body = "{\"code\":\"" + one.at("body_code").text() + "\",\"message\":\"m\"}";
        one.at("service_statuses").items().forEach(status -> service.json(Integer.parseInt(status.text()), body));

        assertThatThrownBy(() -> client.ls(ID, ListingOptions.ALL))
                .isInstanceOfSatisfying(
                        EvergrantException.class,
                        e -> assertThat(ApiError.of(e).orElseThrow().status())
                                .hasToString(one.at("final").text()));
        assertThat(service.calls()).hasSize(Integer.parseInt(one.at("attempts").text()));
    }

    @Test
    @DisplayName("93: a 502 of Transfer itself is retried")
    void statement93Own() {
        service.json(502, "{\"code\":\"ServiceUnavailable\",\"message\":\"m\"}").json(200, "{\"DATA\":[]}");

        assertThat(client.ls(ID, ListingOptions.ALL).entries()).isEmpty();
        assertThat(service.calls()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "502,ExternalError.DirListingFailed.PermissionDenied,api_refused",
        "502,ExternalError.DirListingFailed.NotDirectory,api_refused",
        "502,ExternalError.DirListingFailed.LoginFailed,api_refused",
        "502,ExternalError.DirListingFailed.GCDisconnected,api_unavailable",
        "502,ExternalError.DirListingFailed.ConnectFailed,api_unavailable",
        "502,EndpointError,api_unavailable",
        "403,PermissionDenied,api_refused",
        "403,EndpointPermissionDenied,api_refused",
        "404,EndpointNotFound,api_refused",
        "404,ClientError.NotFound,api_refused",
        "409,ExternalError.Odd,api_refused"
    })
    void a_refusal_says_whether_asking_again_ever_helps(int status, String code, String kind) {
        service.json(status, "{\"code\":\"" + code + "\",\"message\":\"m\",\"request_id\":\"r\"}");

        assertThatThrownBy(() -> client.ls(ID, ListingOptions.ALL))
                .isInstanceOfSatisfying(EvergrantException.class, e -> {
                    assertThat(e.code()).isEqualTo(kind);
                    assertThat(ApiError.of(e).orElseThrow().code()).contains(code);
                    assertThat(e).hasMessageContaining(code + ": m (request r)");
                });
        assertThat(service.calls()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/a b/c,/a+b/c",
        "/what?,/what%3F",
        "/100%,/100%25",
        "/../x,/../x",
        "~/x,~/x",
        "/a&path=/b,/a%26path%3D/b"
    })
    void a_path_reaches_the_service_as_it_is(String path, String encoded) {
        service.json(200, "{\"DATA\":[]}");

        client.ls(ID, path, ListingOptions.ALL);

        assertThat(service.last().uri().getRawQuery().replace("%2F", "/")).isEqualTo("path=" + encoded);
    }

    @Test
    void control_characters_in_a_path_reach_the_service_as_they_are() {
        service.json(200, "{\"DATA\":[]}");

        client.ls(ID, "/\u0007\r\nx", ListingOptions.ALL);

        assertThat(service.last().uri().getRawQuery()).isEqualTo("path=%2F%07%0D%0Ax");
    }

    @Test
    void a_listing_is_read_with_all_that_is_odd_in_it() {
        service.json(200, """
                {"DATA":[{"name":"a\\u001b","type":"file","size":4,"last_modified":"2023-12-18 16:52:50+00:00",
                          "permissions":"0644","user":"u","group":"g","link_target":"b"},
                         {"name":"d","type":"dir","size":"big","last_modified":7},
                         {"type":"file"}, null, 7],
                 "path":"/x/","total":9,"rename_supported":true}""");

        DirectoryListing listing = client.ls(
                ID,
                "/x",
                ListingOptions.ALL.withoutHidden().with("orderby", "name").with("limit", 5));

        assertThat(service.targets())
                .containsExactly(
                        "/v0.10/operation/endpoint/" + ID + "/ls?path=%2Fx&show_hidden=0&orderby=name&limit=5");
        assertThat(listing.path()).isEqualTo("/x/");
        assertThat(listing.total()).hasValue(9);
        assertThat(listing.document().flag("rename_supported")).isTrue();
        FileEntry file = listing.entries().get(0);
        assertThat(file.name()).isEqualTo("a\u001b");
        assertThat(file.size()).hasValue(4);
        assertThat(file.lastModified()).contains(Instant.parse("2023-12-18T16:52:50Z"));
        assertThat(file.linkTarget()).contains("b");
        FileEntry directory = listing.entries().get(1);
        assertThat(directory.isDirectory()).isTrue();
        assertThat(directory.size()).isEmpty();
        assertThat(directory.lastModified()).isEmpty();
        assertThat(listing.entries()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"DATA\":{}}", "{\"DATA\":null}", "<html>", "null"})
    void a_listing_that_is_none_is_unreadable(String body) {
        service.reply(200, body, "Content-Type", "text/html");

        assertThatThrownBy(() -> client.ls(ID, ListingOptions.ALL))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "../task_list", "6c54cade", ID + "/ls", ID + "?a=b", " " + ID, "go#ep1"})
    void what_is_no_id_is_not_asked_for(String id) {
        for (Runnable call : List.<Runnable>of(
                () -> client.ls(id, ListingOptions.ALL),
                () -> client.endpoint(id),
                () -> client.task(id),
                () -> client.cancel(id))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("bad_id"));
        }
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void a_collection_is_found_by_its_exact_name_alone() {
        service.json(200, """
                {"has_next_page":false,"DATA":[{"id":"1","display_name":"my files"},
                 {"id":"2","display_name":"My Files "},{"id":"3","display_name":"My Files"}]}""");

        assertThat(client.endpointNamed("My Files").id()).isEqualTo("3");
        assertThatThrownBy(() -> client.endpointNamed("Files\u001b"))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("unknown_endpoint"))
                .hasMessage("no collection that you can see is called 'Files'");
    }

    @Test
    void of_several_of_one_name_none_is_taken() {
        service.json(200, """
                {"has_next_page":false,"DATA":[{"id":"one","display_name":"x"},{"id":"two","display_name":"x"},
                 {"id":"three","display_name":"x"}]}""");

        assertThatThrownBy(() -> client.endpointNamed("x"))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("endpoint_ambiguous"))
                .hasMessageContaining("one and two");
    }

    @Test
    void an_order_gets_a_submission_id_first_and_is_sent_again_under_it() {
        service.json(200, "{\"value\":\"sub-1\"}")
                .fails(HttpFailure.Kind.BROKEN, true)
                .json(502, "{}")
                .json(202, "{\"code\":\"Duplicate\",\"task_id\":\"" + TASK + "\"}");

        Submission submission = client.submit(
                TransferOrder.of(ID, ID, TransferItem.file("/a", "/b"), TransferItem.directory("/c", "/d"))
                        .withLabel("a label")
                        .withOptions(Map.of("sync_level", 3)));

        assertThat(submission.taskId()).isEqualTo(TASK);
        assertThat(submission.submissionId()).isEqualTo("sub-1");
        assertThat(submission.isDuplicate()).isTrue();
        assertThat(service.targets())
                .containsExactly("/v0.10/submission_id", "/v0.10/transfer", "/v0.10/transfer", "/v0.10/transfer");
        assertThat(bodies().subList(1, 4)).containsOnly(bodies().get(1));
        assertThat(bodies().get(1))
                .isEqualTo("{\"sync_level\": 3, \"DATA_TYPE\": \"transfer\", \"submission_id\": \"sub-1\","
                        + " \"source_endpoint\": \"" + ID + "\", \"destination_endpoint\": \"" + ID + "\","
                        + " \"label\": \"a label\", \"DATA\": [{\"DATA_TYPE\": \"transfer_item\","
                        + " \"source_path\": \"/a\", \"destination_path\": \"/b\", \"recursive\": false},"
                        + " {\"DATA_TYPE\": \"transfer_item\", \"source_path\": \"/c\","
                        + " \"destination_path\": \"/d\", \"recursive\": true}]}");
    }

    @Test
    void an_order_with_a_submission_id_of_its_own_keeps_it() {
        service.json(202, "{\"code\":\"Accepted\",\"task_id\":\"" + TASK + "\"}");

        client.submit(DeleteOrder.of(ID, "/a", "/b").withDirectories().withSubmissionId("mine"));

        assertThat(service.targets()).containsExactly("/v0.10/delete");
        assertThat(bodies().get(0))
                .isEqualTo("{\"DATA_TYPE\": \"delete\", \"submission_id\": \"mine\", \"endpoint\": \"" + ID
                        + "\", \"recursive\": true, \"DATA\": [{\"DATA_TYPE\": \"delete_item\", \"path\": \"/a\"},"
                        + " {\"DATA_TYPE\": \"delete_item\", \"path\": \"/b\"}]}");
    }

    @Test
    void a_submission_without_a_task_is_unreadable() {
        service.json(202, "{\"code\":\"Accepted\"}");

        assertThatThrownBy(() -> client.submit(DeleteOrder.of(ID, "/a").withSubmissionId("mine")))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
    }

    @Test
    void a_wait_ends_with_the_task_and_tells_of_each_look() {
        service.json(200, task("ACTIVE")).json(200, task("ACTIVE")).json(200, task("SUCCEEDED"));
        List<Status> seen = new ArrayList<>();

        Task task = client.await(TASK, MINUTE, Duration.ofSeconds(7), each -> seen.add(each.status()));

        assertThat(task.isDone()).isTrue();
        assertThat(seen).containsExactly(Status.ACTIVE, Status.ACTIVE, Status.SUCCEEDED);
        assertThat(pace.pauses()).containsOnly(Duration.ofSeconds(7)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"INACTIVE", "FAILED", "OTHER"})
    void a_wait_ends_with_whatever_is_no_longer_active(Status status) {
        service.json(200, task(status == Status.OTHER ? "PONDERING" : status.name()));

        Task task = client.await(TASK, MINUTE, SECOND, each -> {});

        assertThat(task.status()).isEqualTo(status);
        assertThat(task.isDone()).isEqualTo(status == Status.FAILED);
        assertThat(pace.pauses()).isEmpty();
    }

    @Test
    void a_wait_ends_with_its_time_after_a_last_look() {
        service.json(200, task("ACTIVE"));

        assertThat(client.await(TASK, MINUTE, Duration.ofSeconds(25), each -> {})
                        .status())
                .isEqualTo(Status.ACTIVE);

        assertThat(pace.pauses())
                .containsExactly(Duration.ofSeconds(25), Duration.ofSeconds(25), Duration.ofSeconds(10));
        assertThat(service.calls()).hasSize(4);
    }

    @Test
    void passing_trouble_does_not_end_a_wait_and_retry_after_is_kept() {
        service.json(200, task("ACTIVE"))
                .reply(429, "", "Retry-After", "30")
                .json(200, "<html>")
                .json(200, task("SUCCEEDED"));

        assertThat(client.await(TASK, MINUTE, SECOND, each -> {}).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(pace.pauses()).containsExactly(SECOND, Duration.ofSeconds(30), SECOND);
    }

    @Test
    void trouble_until_the_end_is_told() {
        service.reply(503, "", "Retry-After", "3600");

        assertThatThrownBy(() -> client.await(TASK, MINUTE, SECOND, each -> {}))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("api_unavailable"));
        assertThat(pace.pauses()).containsExactly(MINUTE);
    }

    @Test
    void a_refusal_and_a_dead_session_end_a_wait_at_once() {
        service.json(404, "{\"code\":\"ClientError.NotFound\",\"message\":\"No such task\"}");
        assertThatThrownBy(() -> client.await(TASK, MINUTE, SECOND, each -> {})).isInstanceOf(ProviderRefused.class);

        Authorizer dead = new Authorizer() {
            @Override
            public String header() {
                throw new LoginRequired(Problem.of("no_refresh_token", "it has ended"));
            }

            @Override
            public boolean renewAfterRefusal(String refused) {
                return false;
            }
        };
        TransferClient loggedOut = new TransferClient(
                ServiceClient.at("Globus Transfer", BASE, service, dead).with(pace));
        assertThatThrownBy(() -> loggedOut.await(TASK, MINUTE, SECOND, each -> {}))
                .isInstanceOf(LoginRequired.class);
        assertThat(pace.pauses()).isEmpty();
    }

    @Test
    void an_interrupt_ends_a_wait() {
        service.json(200, task("ACTIVE"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> client.await(TASK, MINUTE, SECOND, each -> {}))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("interrupted"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_task_is_not_looked_at_more_often_than_once_a_second() {
        assertThatThrownBy(() -> client.await(TASK, MINUTE, Duration.ofMillis(999), each -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String task(String status) {
        return "{\"task_id\":\"" + TASK + "\",\"status\":\"" + status
                + "\",\"request_time\":\"2021-09-02T18:04:47+00:00\"}";
    }

    private List<String> bodies() {
        return service.calls().stream()
                .map(HttpCall::body)
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .toList();
    }
}
