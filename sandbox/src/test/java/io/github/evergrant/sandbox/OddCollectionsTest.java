package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.globus.transfer.TutorialCollections;
import io.github.evergrant.sandbox.server.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Collections that are not as easy as those of Globus' tutorials. */
final class OddCollectionsTest {

    private static final String ROOT = "/globus/transfer/v0.10/";
    private static final String SCOPE = "urn:globus:auth:scope:transfer.api.globus.org:all";
    private static final String DELETE = "{\"DATA_TYPE\":\"delete\",\"submission_id\":\"x\",\"endpoint\":\"$1\","
            + "\"DATA\":[{\"DATA_TYPE\":\"delete_item\",\"path\":\"/home/mapped.txt\"}]}";

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
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

    @Test
    void a_mapped_collection_says_which_consent_it_wants_and_opens_with_it() {
        String mapped = TutorialCollections.MAPPED;
        String wanted = SCOPE + "[*https://auth.globus.org/scopes/" + mapped + "/data_access]";
        HttpResponse<String> refused = get("operation/endpoint/" + mapped + "/ls");
        refused(refused);
        assertThat(Json.parse(refused.body()).get("required_scopes").values().stream()
                        .map(JsonNode::stringValue))
                .containsExactly(wanted);
        refused(post("delete", DELETE.replace("$1", mapped)));

        token = grant("demo", wanted);

        assertThat(names(mapped)).containsExactly("mapped.txt");
        String others = grant("other", SCOPE);
        refused(caller.get(ROOT + "operation/endpoint/" + mapped + "/ls", "Authorization", "Bearer " + others));
    }

    @Test
    void a_large_collection_lists_everything_at_once() {
        JsonNode listing = ls(TutorialCollections.LARGE, "path=/~/");

        assertThat(listing.get("DATA")).hasSize(TutorialCollections.MANY);
        assertThat(listing.get("total").intValue()).isEqualTo(TutorialCollections.MANY);
        assertThat(ls(TutorialCollections.LARGE, "limit=10&offset=9995").get("DATA"))
                .hasSize(5);
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

    private JsonNode ls(String collection, String query) {
        HttpResponse<String> reply = get("operation/endpoint/" + collection + "/ls?" + query);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Json.parse(reply.body());
    }

    private List<String> names(String collection) {
        return ls(collection, "path=/~/").get("DATA").values().stream()
                .map(each -> Caller.text(each, "name"))
                .toList();
    }

    private static void refused(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(403);
        assertThat(Caller.text(Json.parse(reply.body()), "code")).isEqualTo("ConsentRequired");
    }
}
