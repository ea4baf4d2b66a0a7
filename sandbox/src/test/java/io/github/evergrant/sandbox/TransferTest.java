package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.globus.transfer.TutorialCollections;
import io.github.evergrant.sandbox.server.Json;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Transfer on the wire, after its public reference. */
final class TransferTest {

    private static final String ROOT = "/globus/transfer/v0.10/";
    private static final String SCOPE = "urn:globus:auth:scope:transfer.api.globus.org:all";
    private static final String FIRST = TutorialCollections.FIRST;
    private static final String SECOND = TutorialCollections.SECOND;
    private static final String GODATA = "/home/share/godata";

    private final StoppedClock clock = new StoppedClock();
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), clock);
    private final Caller caller = new Caller(sandbox);
    private String token = "";

    @BeforeEach
    void log_in() {
        token = grant("demo", SCOPE);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** The target is the one that {@code globus_sdk} sends. */
    @Test
    void a_search_finds_what_its_words_are_in_and_has_pages() {
        JsonNode none = ok(get("endpoint_search?filter_fulltext=a+b&limit=10&offset=20"));
        assertThat(none.get("DATA")).isEmpty();
        assertThat(none.get("has_next_page").booleanValue()).isFalse();

        JsonNode first = ok(get("endpoint_search?filter_fulltext=tutorial+globus&limit=1"));
        assertThat(first.get("has_next_page").booleanValue()).isTrue();
        JsonNode second = ok(get("endpoint_search?filter_fulltext=tutorial+globus&limit=1&offset=1"));
        assertThat(second.get("has_next_page").booleanValue()).isFalse();
        assertThat(texts(first.get("DATA"), "id")).containsExactly(FIRST);
        assertThat(texts(second.get("DATA"), "display_name")).containsExactly("Globus Tutorial Collection 2");
    }

    @Test
    void a_private_collection_is_seen_by_its_owner_alone() {
        String search = "endpoint_search?filter_fulltext=private";
        assertThat(ok(get(search)).get("DATA")).isEmpty();
        refused(get("endpoint/" + TutorialCollections.PRIVATE), 404, "EndpointNotFound");
        refused(get("operation/endpoint/" + TutorialCollections.PRIVATE + "/ls"), 403, "EndpointPermissionDenied");

        token = grant("other", SCOPE);
        assertThat(texts(ok(get(search)).get("DATA"), "display_name")).containsExactly("Private Collection");
        assertThat(ok(get("endpoint/" + TutorialCollections.PRIVATE))
                        .get("owner_string")
                        .stringValue())
                .isEqualTo("other@example.org");
        assertThat(names(TutorialCollections.PRIVATE, "/~/")).containsExactly("diary.txt");
    }

    @Test
    void a_listing_has_the_shape_of_the_reference() {
        JsonNode listing = ls(FIRST, "path=" + GODATA);

        assertThat(listing.get("DATA_TYPE").stringValue()).isEqualTo("file_list");
        assertThat(listing.get("path").stringValue()).isEqualTo(GODATA + "/");
        assertThat(listing.get("total").intValue()).isEqualTo(3);
        assertThat(listing.get("DATA").get(0).toString())
                .isEqualTo("{\"DATA_TYPE\":\"file\",\"name\":\"file1.txt\",\"type\":\"file\",\"size\":4,"
                        + "\"last_modified\":\"2026-01-05 16:23:33+00:00\",\"permissions\":\"0644\","
                        + "\"user\":\"demo\",\"group\":\"tutorial\",\"link_target\":null,\"link_size\":null,"
                        + "\"link_user\":null,\"link_group\":null,\"link_last_modified\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "/home/share/godata,/home/share/godata/",
        "/~/share,/home/share/",
        "~,/home/",
        "share/../share/./godata//,/home/share/godata/",
        "/../../home/odd names,/home/odd names/",
        "/,/"
    })
    void paths_are_read_from_the_home_directory_and_never_lead_above_the_root(String path, String read) {
        assertThat(ls(FIRST, "path=" + encoded(path)).get("path").stringValue()).isEqualTo(read);
    }

    @Test
    void a_listing_can_be_narrowed_ordered_and_cut() {
        assertThat(names(FIRST, "/home")).containsExactly(".profile", "locked", "odd names", "share");
        assertThat(texts(ls(FIRST, "path=/home&show_hidden=0").get("DATA"), "name"))
                .containsExactly("locked", "odd names", "share");
        assertThat(texts(ls(FIRST, "path=" + GODATA + "&orderby=size+DESC").get("DATA"), "name"))
                .containsExactly("file3.txt", "file2.txt", "file1.txt");
        JsonNode cut = ls(FIRST, "path=" + GODATA + "&limit=1&offset=1");
        assertThat(texts(cut.get("DATA"), "name")).containsExactly("file2.txt");
        assertThat(cut.get("total").intValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "path=/nothing,404,ClientError.NotFound",
        "path=/home/share/godata/file1.txt,502,ExternalError.DirListingFailed.NotDirectory",
        "path=/home/locked,502,ExternalError.DirListingFailed.PermissionDenied",
        "path=a%00b,400,ClientError.BadRequest",
        "limit=many,400,ClientError.BadRequest",
        "limit=100001,400,ClientError.BadRequest",
        "orderby=colour,400,ClientError.BadRequest",
        "filter=name:x,400,ClientError.BadRequest"
    })
    void what_cannot_be_listed_is_refused_as_the_reference_says(String query, int status, String code) {
        refused(get("operation/endpoint/" + FIRST + "/ls?" + query), status, code);
    }

    @ParameterizedTest
    @CsvSource({
        "operation/endpoint/nobody/ls,404,EndpointNotFound",
        "endpoint/nobody,404,EndpointNotFound",
        "endpoint_search,400,ClientError.BadRequest",
        "endpoint_search?filter_fulltext=x&limit=1000&offset=1,400,ClientError.BadRequest",
        "endpoint_search?filter_fulltext=x&filter_scope=moon,400,ClientError.BadRequest",
        "task/nobody,404,ClientError.NotFound",
        "task_list?filter=colour:red,400,ClientError.BadRequest",
        "nothing,404,ClientError.NotFound",
        "transfer,405,ClientError.MethodNotAllowed"
    })
    void what_is_not_there_is_refused_in_the_same_form(String target, int status, String code) {
        HttpResponse<String> reply = get(target);
        refused(reply, status, code);
        assertThat(Json.parse(reply.body()).get("resource").stringValue())
                .isEqualTo("/v0.10/" + target.split("\\?")[0]);
    }

    @Test
    void only_a_living_token_of_transfer_with_its_scope_opens_anything() {
        refused(caller.get(ROOT + "submission_id"), 401, "AuthenticationFailed");
        token = grant("demo", Caller.GROUPS_SCOPE);
        refused(get("submission_id"), 401, "AuthenticationFailed");
        token = grant("demo", "urn:globus:auth:scope:transfer.api.globus.org:view_bookmarks");
        refused(get("submission_id"), 403, "PermissionDenied");
        token = grant("demo", SCOPE);
        ok(get("submission_id"));
        caller.control("expire", "{}");
        refused(get("submission_id"), 401, "AuthenticationFailed");
    }

    @Test
    void a_transfer_takes_its_time_and_then_the_files_are_there() {
        JsonNode accepted = submit("transfer", transfer(GODATA + "/", "/home/copy", true));
        assertThat(accepted.get("code").stringValue()).isEqualTo("Accepted");
        String id = accepted.get("task_id").stringValue();

        assertThat(status(id)).isEqualTo("ACTIVE");
        assertThat(names(SECOND, "/home")).isEmpty();
        clock.forward(Duration.ofSeconds(3));
        JsonNode half = ok(get("task/" + id));
        assertThat(half.get("status").stringValue()).isEqualTo("ACTIVE");
        assertThat(half.get("bytes_transferred").longValue()).isPositive().isLessThan(5_244_420);

        clock.forward(Duration.ofSeconds(10));
        JsonNode done = ok(get("task/" + id));
        assertThat(done.get("status").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(done.get("bytes_transferred").longValue()).isEqualTo(5_244_420);
        assertThat(done.get("files_transferred").longValue()).isEqualTo(3);
        assertThat(done.get("completion_time").stringValue()).isEqualTo("2026-01-01T00:00:07+00:00");
        assertThat(names(SECOND, "/home/copy")).containsExactly("file1.txt", "file2.txt", "file3.txt");
    }

    @Test
    void the_same_submission_is_one_task() {
        String document = transfer(GODATA + "/file1.txt", "/home/one.txt", false);

        JsonNode first = submit("transfer", document);
        HttpResponse<String> second = post("transfer", document);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(Json.parse(second.body()).get("code").stringValue()).isEqualTo("Duplicate");
        assertThat(Json.parse(second.body()).get("task_id")).isEqualTo(first.get("task_id"));
        assertThat(ok(get("task_list")).get("total").intValue()).isEqualTo(1);
    }

    @Test
    void a_delete_takes_its_time_and_then_the_files_are_gone() {
        String id = submit("delete", delete(GODATA, true)).get("task_id").stringValue();
        assertThat(names(FIRST, "/home/share")).containsExactly("godata");

        clock.forward(Duration.ofSeconds(10));

        assertThat(names(FIRST, "/home/share")).isEmpty();
        assertThat(status(id)).isEqualTo("SUCCEEDED");
        caller.control("reset", "");
        token = grant("demo", SCOPE);
        assertThat(names(FIRST, "/home/share")).containsExactly("godata");
        assertThat(ok(get("task_list")).get("total").intValue()).isZero();
    }

    @Test
    void what_cannot_be_done_fails_and_says_why() {
        String missing = submit("transfer", transfer("/nothing", "/home/x", false))
                .get("task_id")
                .stringValue();
        String directory =
                submit("delete", delete(GODATA, false)).get("task_id").stringValue();
        clock.forward(Duration.ofSeconds(30));

        assertThat(ok(get("task/" + missing)).get("fatal_error").get("code").stringValue())
                .isEqualTo("FILE_NOT_FOUND");
        assertThat(ok(get("task/" + directory)).get("fatal_error").get("code").stringValue())
                .isEqualTo("IS_A_DIRECTORY");
        assertThat(names(FIRST, "/home/share")).containsExactly("godata");
    }

    @Test
    void a_task_can_be_ended_before_its_time() {
        String id = submit("transfer", transfer(GODATA, "/home/copy", true))
                .get("task_id")
                .stringValue();

        assertThat(result("task/" + id + "/cancel")).isEqualTo("Canceled");
        assertThat(result("task/" + id + "/cancel")).isEqualTo("TaskComplete");

        clock.forward(Duration.ofMinutes(1));
        assertThat(status(id)).isEqualTo("FAILED");
        assertThat(names(SECOND, "/home")).isEmpty();
    }

    @Test
    void tasks_are_a_persons_own_and_can_be_narrowed() {
        submit("transfer", transfer(GODATA + "/file1.txt", "/home/a", false));
        clock.forward(Duration.ofSeconds(30));
        String newest = submit("delete", delete(GODATA + "/file1.txt", false))
                .get("task_id")
                .stringValue();

        JsonNode all = ok(get("task_list"));
        assertThat(texts(all.get("DATA"), "type")).containsExactly("DELETE", "TRANSFER");
        assertThat(texts(ok(get("task_list?filter=status:ACTIVE")).get("DATA"), "task_id"))
                .containsExactly(newest);
        assertThat(texts(
                        ok(get("task_list?filter=type:TRANSFER/status:SUCCEEDED,FAILED"))
                                .get("DATA"),
                        "type"))
                .containsExactly("TRANSFER");
        assertThat(ok(get("task_list?limit=1&offset=1")).get("length").intValue())
                .isEqualTo(1);

        token = grant("other", SCOPE);
        assertThat(ok(get("task_list")).get("total").intValue()).isZero();
        refused(get("task/" + newest), 404, "ClientError.NotFound");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transfer|{|ClientError.BadRequest|400",
                "transfer|[]|ClientError.BadRequest|400",
                "transfer|{\"DATA_TYPE\":\"delete\"}|ClientError.BadRequest|400",
                "transfer|{\"DATA_TYPE\":\"transfer\",\"source_endpoint\":\"x\"}|EndpointNotFound|404",
                "transfer|{\"DATA_TYPE\":\"transfer\",\"source_endpoint\":\"$1\",\"destination_endpoint\":\"$2\"}"
                        + "|ClientError.BadRequest.NoTransferItems|400",
                "transfer|{\"DATA_TYPE\":\"transfer\",\"source_endpoint\":\"$1\",\"destination_endpoint\":\"$3\"}"
                        + "|PermissionDenied|403",
                "transfer|{\"DATA_TYPE\":\"transfer\",\"source_endpoint\":\"$1\",\"destination_endpoint\":\"$2\","
                        + "\"DATA\":[{\"source_path\":\"/a\",\"destination_path\":\"/b\"}]}|ClientError.BadRequest|400",
                "delete|{\"DATA_TYPE\":\"delete\",\"endpoint\":\"$1\",\"DATA\":[]}"
                        + "|ClientError.BadRequest.NoDeleteItems|400",
                "delete|{\"DATA_TYPE\":\"delete\",\"endpoint\":7}|ClientError.BadRequest|400"
            })
    void an_order_that_makes_no_sense_is_refused(String resource, String body, String code, int status) {
        String document = body.replace("$1", FIRST).replace("$2", SECOND).replace("$3", TutorialCollections.PRIVATE);

        refused(post(resource, document), status, code);
    }

    @Test
    void its_requests_are_counted_and_can_be_broken() {
        caller.fault("{\"kind\":\"transfer.ls\",\"do\":\"status\",\"status\":503}");

        assertThat(get("operation/endpoint/" + FIRST + "/ls").statusCode()).isEqualTo(503);
        assertThat(get("operation/endpoint/" + FIRST + "/ls").statusCode()).isEqualTo(200);

        assertThat(caller.stats().get("requests").get("transfer.ls").intValue()).isEqualTo(2);
    }

    private String grant(String user, String scope) {
        return Caller.text(
                caller.control(
                        "grant", "{\"dialect\":\"globus\",\"user\":\"" + user + "\",\"scopes\":[\"" + scope + "\"]}"),
                "access_token");
    }

    private HttpResponse<String> get(String target) {
        return caller.get(ROOT + target, "Authorization", "Bearer " + token);
    }

    private HttpResponse<String> post(String resource, String document) {
        return caller.send(
                caller.request(ROOT + resource, "Authorization", "Bearer " + token, "Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(document))
                        .build());
    }

    private JsonNode submit(String resource, String document) {
        HttpResponse<String> reply = post(resource, document);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        return Json.parse(reply.body());
    }

    private String transfer(String from, String to, boolean recursive) {
        return "{\"DATA_TYPE\":\"transfer\",\"submission_id\":\""
                + ok(get("submission_id")).get("value").stringValue() + "\",\"source_endpoint\":\"" + FIRST
                + "\",\"destination_endpoint\":\"" + SECOND + "\",\"label\":\"a label\","
                + "\"DATA\":[{\"DATA_TYPE\":\"transfer_item\",\"source_path\":\"" + from
                + "\",\"destination_path\":\"" + to + "\",\"recursive\":" + recursive + "}]}";
    }

    private String delete(String path, boolean recursive) {
        return "{\"DATA_TYPE\":\"delete\",\"submission_id\":\""
                + ok(get("submission_id")).get("value").stringValue() + "\",\"endpoint\":\"" + FIRST
                + "\",\"recursive\":" + recursive + ",\"DATA\":[{\"DATA_TYPE\":\"delete_item\",\"path\":\"" + path
                + "\"}]}";
    }

    private String result(String resource) {
        HttpResponse<String> reply = post(resource, "");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Json.parse(reply.body()).get("code").stringValue();
    }

    private String status(String task) {
        return ok(get("task/" + task)).get("status").stringValue();
    }

    private JsonNode ls(String collection, String query) {
        return ok(get("operation/endpoint/" + collection + "/ls?" + query));
    }

    private List<String> names(String collection, String path) {
        return texts(ls(collection, "path=" + encoded(path)).get("DATA"), "name");
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(each -> each.get(field).stringValue())
                .toList();
    }

    private static JsonNode ok(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Json.parse(reply.body());
    }

    /** In Transfer's form: code, message, request id, resource. */
    private static void refused(HttpResponse<String> reply, int status, String code) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        JsonNode error = Json.parse(reply.body());
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("message").stringValue()).isNotEmpty();
        assertThat(error.get("request_id").stringValue()).matches("[0-9a-f]{9}");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
