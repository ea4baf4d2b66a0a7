package io.github.evergrant.providers.globus.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceClientTest {

    private final FakePace pace = new FakePace();
    private final Scripted service = new Scripted(pace).json(200, "{}");
    private final ServiceClient client = at("https://service.example/base/");

    @ParameterizedTest
    @EnumSource
    void every_service_is_where_the_provider_says(GlobusService one) {
        ProviderData preview = new GlobusProvider(Map.of()).describe("preview", null);

        URI base = ServiceClient.of(preview, one, service, Authorizers.none()).base();

        assertThat(base.toString()).startsWith("https://").contains("preview.").endsWith("/");
        assertThat(base.getHost()).contains(one.id());
    }

    @Test
    @DisplayName("97: a service's variable wins over the environment")
    void statement97() {
        ProviderData moved = new GlobusProvider(
                        Map.of("GLOBUS_SDK_SERVICE_URL_TRANSFER", "https://elsewhere.example/t"))
                .describe("preview", null);

        assertThat(ServiceClient.of(moved, GlobusService.TRANSFER, service, Authorizers.none())
                        .base())
                .hasToString("https://elsewhere.example/t/");
    }

    @Test
    void a_sandbox_takes_the_place_of_a_service() {
        ProviderData sandbox = new GlobusProvider(Map.of()).describe(null, URI.create("http://127.0.0.1:9"));

        assertThat(ServiceClient.of(sandbox, GlobusService.FLOWS, service, Authorizers.none())
                        .base())
                .hasToString("http://127.0.0.1:9/globus/flows/");
    }

    @ParameterizedTest
    @CsvSource({
        "v0.10/task_list,/base/v0.10/task_list",
        "/v0.10/task_list,/base/v0.10/task_list",
        "//x,/base/x",
        "'',/base/",
        "a b,/base/a%20b",
        "what?,/base/what%3F",
        "100%,/base/100%25",
        "%2e%2e/x,/base/%252e%252e/x",
        "a#b&c=d+e,/base/a%23b%26c%3Dd%2Be",
        "A-Z_a.z~0/9,/base/A-Z_a.z~0/9",
        "ü/日本,/base/%C3%BC/%E6%97%A5%E6%9C%AC",
        "...,/base/..."
    })
    @DisplayName("98: a path is joined with one slash, and what is unusual in it is percent-encoded")
    void statement98Path(String path, String target) {
        client.get(path, Query.NONE);

        assertThat(service.targets()).containsExactly(target);
    }

    @Test
    @DisplayName("98: control characters in a path are percent-encoded")
    void statement98Control() {
        client.get("a\u0000\r\n\u001b", Query.NONE);

        assertThat(service.targets()).containsExactly("/base/a%00%0D%0A%1B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/../../x", "a/./b", "/..", "x/..", "\ud800"})
    void a_path_that_would_lead_elsewhere_is_not_asked_for(String path) {
        assertThatThrownBy(() -> client.get(path, Query.NONE))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("bad_path"));
        assertThat(service.calls()).isEmpty();
    }

    @Test
    @DisplayName("98: booleans are True and False, nulls are dropped, lists are repeated")
    void statement98Query() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("yes", true);
        values.put("no", false);
        values.put("nothing", null);
        values.put("list", Arrays.asList("a b", null, 2, List.of(true)));
        values.put("text", "a&b=c?d#e%+~*");
        Query query = Query.NONE;
        for (Map.Entry<String, @Nullable Object> value : values.entrySet()) {
            query = query.with(value.getKey(), value.getValue());
        }

        client.get("x", query);

        assertThat(service.targets())
                .containsExactly(
                        "/base/x?yes=True&no=False&list=a+b&list=2&list=True&text=a%26b%3Dc%3Fd%23e%25%2B~%2A");
    }

    @Test
    void a_parameter_replaces_one_of_its_name_in_its_place() {
        Query query = Query.of("a", 1).with("b", 2).with("c", 3).with("b", List.of(4, 5));

        assertThat(query.encoded()).isEqualTo("a=1&b=4&b=5&c=3");
        assertThat(query.with("a", null).with(Query.of("c", "x").with("d", "y")).encoded())
                .isEqualTo("b=4&b=5&c=x&d=y");
        assertThat(query).hasToString("Query[a, b, b, c]").isEqualTo(Query.parse("a=1&b=4&b=5&c=3"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://service.example/base/x?a=%20b,/base/x?a=+b&more=1",
        "https://service.example/base/x%20y,/base/x%20y?more=1",
        "HTTPS://SERVICE.example:443/base/,/base/?more=1"
    })
    void a_whole_address_of_the_service_is_followed(String address, String target) {
        client.get(address, Query.of("more", 1));

        assertThat(service.targets()).containsExactly(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example/base/x",
                "https://service.example:444/base/x",
                "http://service.example/base/x",
                "https://service.example/other/x",
                "https://service.example/bases",
                "https://user@service.example/base/x",
                "https://service.example/base/../other",
                "https://service.example/base/%2e%2e/other",
                "https://service.example/base/a b"
            })
    void the_token_goes_to_no_other_address(String address) {
        assertThatThrownBy(() -> client.get(address, Query.NONE)).isInstanceOf(InvalidInput.class);
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void a_request_looks_as_the_captured_one_but_for_our_name() {
        Golden captured = Golden.exchanges("transfer_post_json").get(0);

        at("https://service.example")
                .post(
                        "v0.10/x",
                        Map.of("a", 1, "u", "é").entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .collect(
                                        LinkedHashMap::new,
                                        (map, each) -> map.put(each.getKey(), each.getValue()),
                                        Map::putAll));

        HttpCall call = service.last();
        assertThat(call.method()).isEqualTo(captured.at("method").text());
        assertThat(service.targets()).containsExactly(captured.at("target").text());
        assertThat(new String(call.body(), StandardCharsets.UTF_8))
                .isEqualTo(captured.at("body").text());
        assertThat(call.headers())
                .containsEntry("Accept", "application/json")
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Authorization", "Bearer canary")
                .hasEntrySatisfying(
                        "X-Globus-Client-Info", info -> assertThat(info).matches("product=evergrant,version=[^;,=]+"));
    }

    @Test
    void all_verbs_are_spoken() {
        client.get("x", Query.NONE);
        client.post("x", Map.of("a", 1));
        client.put("x", Map.of("a", List.of(true)));
        client.delete("x");
        client.send(new ServiceRequest("PATCH", "x", Query.of("a", 1), Map.of(), false));

        assertThat(service.calls())
                .extracting(HttpCall::method)
                .containsExactly("GET", "POST", "PUT", "DELETE", "PATCH");
        assertThat(service.calls())
                .extracting(call -> new String(call.body(), StandardCharsets.UTF_8))
                .containsExactly("", "{\"a\": 1}", "{\"a\": [true]}", "", "{}");
        assertThatThrownBy(() -> new ServiceRequest("get x", "x", Query.NONE, null, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_answer_is_there_as_a_whole() {
        service.json(
                201,
                "{\"n\":7,\"f\":7.5,\"b\":1e400,\"t\":true,\"s\":\"\",\"o\":{\"x\":\"y\"},\"l\":[{\"x\":1},2],"
                        + "\"at\":\"2023-12-18 16:52:50+00:00\",\"odd\":\"2023\"}");
        client.get("first", Query.NONE);

        Document document = client.get("x", Query.NONE);

        assertThat(document.number("n")).hasValue(7);
        assertThat(document.number("f")).isEmpty();
        assertThat(document.number("s")).isEmpty();
        assertThat(document.number("b")).isEmpty();
        assertThat(document.flag("t")).isTrue();
        assertThat(document.flag("n")).isFalse();
        assertThat(document.text("s")).contains("");
        assertThat(document.text("n")).isEmpty();
        assertThat(document.at("o").text("x")).contains("y");
        assertThat(document.at("l").items()).hasSize(2);
        assertThat(document.at("nothing").at("deeper").items()).isEmpty();
        assertThat(document.time("at")).contains(Instant.parse("2023-12-18T16:52:50Z"));
        assertThat(document.time("odd")).isEmpty();
        assertThat(document).hasToString("Document[9 fields]");
    }

    @ParameterizedTest
    @CsvSource({
        "2023-12-18 16:52:50+00:00,2023-12-18T16:52:50Z",
        "2023-12-18T16:52:50Z,2023-12-18T16:52:50Z",
        "2023-12-18T16:52:50.123456+02:00,2023-12-18T14:52:50.123456Z",
        "2023-12-18T16:52:50+0200,2023-12-18T14:52:50Z",
        "2023-12-18 16:52:50,2023-12-18T16:52:50Z",
        "+999999999-01-01 00:00:00,",
        "2023-13-18 16:52:50,",
        "yesterday,"
    })
    void times_are_read_in_all_the_ways_that_globus_writes_them(String text, @Nullable Instant time) {
        assertThat(new Document(Map.of("t", text)).time("t").orElse(null)).isEqualTo(time);
    }

    @Test
    void an_answer_without_a_body_is_nothing() {
        service.reply(204, "");
        client.get("first", Query.NONE);

        assertThat(client.delete("x")).isEqualTo(Document.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!doctype html><title>Guest network</title>", "{\"a\":", "nothing", "\u0000", " "})
    void what_is_no_json_is_said_to_be_unreadable_and_not_quoted(String body) {
        Scripted broken = new Scripted(pace).reply(200, body, "Content-Type", "text/html");

        assertThatThrownBy(() -> ServiceClient.at(
                                "A Service", URI.create("https://service.example"), broken, Authorizers.none())
                        .get("x", Query.NONE))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"))
                .hasMessage("the answer of A Service cannot be read: it is no JSON");
        assertThat(broken.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 900, 100_000})
    void deep_json_breaks_nothing(int depth) {
        Scripted deep =
                new Scripted(pace).json(200, "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"b\":\"here\"}");
        ServiceClient reader =
                ServiceClient.at("A Service", URI.create("https://service.example"), deep, Authorizers.none());
        if (depth < 1000) {
            assertThat(reader.get("x", Query.NONE).text("b")).contains("here");
        } else {
            assertThatThrownBy(() -> reader.get("x", Query.NONE))
                    .isInstanceOfSatisfying(
                            EvergrantException.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
        }
    }

    @Test
    void a_body_that_is_nested_too_deep_is_not_sent() {
        Object body = Map.of();
        for (int i = 0; i < 200; i++) {
            body = Map.of("a", body);
        }
        Object deep = body;
        assertThatThrownBy(() -> client.post("x", Map.of("deep", deep))).isInstanceOf(IllegalArgumentException.class);
        assertThat(service.calls()).isEmpty();
    }

    private ServiceClient at(String base) {
        return ServiceClient.at("A Service", URI.create(base), service, Authorizers.bearer(Secret.of("canary")))
                .with(pace);
    }
}
