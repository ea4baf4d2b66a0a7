package io.github.evergrant.providers.globus.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PagedTest extends ScriptedPages {

    @Test
    void a_list_by_markers_ends_where_nothing_is_said_of_a_next_page() {
        service.json(200, page("\"marker\":\"m\"", 1));

        assertThat(numbers(Paging.marker("DATA"))).containsExactly(1L);
    }

    @Test
    void a_marker_is_sent_back_while_there_is_a_next_page() {
        service.json(200, page("\"has_next_page\":true,\"marker\":\"m 1\"", 1))
                .json(200, page("\"has_next_page\":true,\"marker\":2", 2))
                .json(200, page("\"has_next_page\":false,\"marker\":\"m3\"", 3));

        assertThat(numbers(Paging.marker("DATA"))).containsExactly(1L, 2L, 3L);
        assertThat(service.targets())
                .containsExactly("/list?filter=a+b", "/list?filter=a+b&marker=m+1", "/list?filter=a+b&marker=2");
    }

    @ParameterizedTest
    @CsvSource({"next_marker,marker", "next_token,next_token"})
    void a_marker_that_may_be_null_is_sent_back_until_it_is(String field, String parameter) {
        service.json(200, page("\"" + field + "\":\"m1\"", 1)).json(200, page("\"" + field + "\":null", 2));
        Paging paging = field.equals("next_token") ? Paging.nextToken("DATA") : Paging.nullableMarker("DATA", field);

        assertThat(numbers(paging)).containsExactly(1L, 2L);
        assertThat(service.targets()).containsExactly("/list?filter=a+b", "/list?filter=a+b&" + parameter + "=m1");
    }

    @Test
    void the_last_key_is_sent_back_while_there_is_a_next_page() {
        service.json(200, page("\"has_next_page\":true,\"last_key\":\"k1\"", 1))
                .json(200, page("\"has_next_page\":false,\"last_key\":\"k2\"", 2));

        assertThat(numbers(Paging.lastKey("DATA"))).containsExactly(1L, 2L);
        assertThat(service.targets()).containsExactly("/list?filter=a+b", "/list?filter=a+b&last_key=k1");
    }

    @Test
    void of_a_link_only_the_query_is_followed() {
        service.json(
                        200,
                        page(
                                "\"links\":{\"next\":\"https://elsewhere.example/steal?page%5Bsize%5D=1&cursor=c%2B1#x\"}",
                                1))
                .json(200, page("\"links\":{\"next\":{\"href\":\"/list?cursor=c2\"}}", 2))
                .json(200, page("\"links\":{\"next\":null}", 3));

        assertThat(numbers(Paging.links("DATA"))).containsExactly(1L, 2L, 3L);
        assertThat(service.calls()).allMatch(call -> call.uri().getHost().equals("service.example"));
        assertThat(service.targets())
                .containsExactly(
                        "/list?filter=a+b",
                        "/list?filter=a+b&page%5Bsize%5D=1&cursor=c%2B1",
                        "/list?filter=a+b&cursor=c2");
    }

    @Test
    void of_a_post_the_body_says_which_page_is_wanted() {
        service.json(200, page("\"has_next_page\":true", 1)).json(200, page("\"has_next_page\":false", 2));
        ServiceRequest search = ServiceRequest.post("search", Map.of("q", "x")).repeatable();

        assertThat(client().pages(search, Paging.hasNextPage("DATA", 1, 10000)).toList())
                .hasSize(2);

        assertThat(service.targets()).containsOnly("/search");
        assertThat(service.calls())
                .extracting(call -> new String(call.body(), StandardCharsets.UTF_8))
                .containsExactly(
                        "{\"q\": \"x\", \"limit\": 1, \"offset\": 0}", "{\"q\": \"x\", \"limit\": 1, \"offset\": 1}");
    }

    @Test
    void nothing_is_fetched_that_nobody_looks_at() {
        service.json(200, page("\"has_next_page\":true", 1, 2));
        Paged<Document> paged = client().pages(request(), Paging.hasNextPage("DATA", 2, 1000));
        assertThat(service.calls()).isEmpty();

        Iterator<Document> items = paged.iterator();
        items.next();
        items.next();
        assertThat(service.calls()).hasSize(1);
        items.next();
        assertThat(service.calls()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "2,1", "3,2", "4,2", "5,3"})
    void a_cap_on_the_items_is_one_on_the_pages_too(int most, int pages) {
        service.json(200, page("\"has_next_page\":true", 1, 2));

        assertThat(client().pages(request(), Paging.hasNextPage("DATA", 2, 1000))
                        .atMost(most)
                        .atMost(1000)
                        .toList())
                .hasSize(most);
        assertThat(service.calls()).hasSize(pages);
    }

    @Test
    void items_of_another_kind_are_left_out() {
        service.json(200, "{\"DATA\":[1,null,\"x\",[],{\"n\":\"one\"},{\"n\":1}],\"total\":1}");

        assertThat(numbers(Paging.total("DATA", 100, 1000))).containsExactly(1L);
    }

    @Test
    @DisplayName("10,000 results are streamed, one page at a time, and what was seen is let go")
    void many() {
        List<WeakReference<Document>> seen = new ArrayList<>();
        Function<HttpCall, String> pages = call -> {
            int offset = Integer.parseInt(
                    String.valueOf(Query.parse(call.uri().getRawQuery()).first("offset")));
            return page("\"total\":10000", IntStream.range(offset, offset + 100).toArray());
        };
        Paged<Document> paged = ServiceClient.at("A Service", BASE, answering(pages), Authorizers.none())
                .pages(request(), Paging.total("DATA", 100, 1_000_000));
        long count = 0;
        long sum = 0;
        for (Document page : paged.pages()) {
            seen.add(new WeakReference<>(page));
            count += page.at("DATA").items().size();
            sum += page.at("DATA").items().get(0).number("n").orElseThrow();
            if (seen.size() == 100) {
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                    System.gc();
                    return seen.stream().limit(90).allMatch(each -> each.get() == null);
                });
            }
        }
        assertThat(count).isEqualTo(10_000);
        assertThat(sum).isEqualTo(IntStream.range(0, 100).map(i -> i * 100).sum());
        assertThat(paged.stream()
                        .mapToLong(each -> each.number("n").orElseThrow())
                        .sum())
                .isEqualTo(10_000L * 9_999 / 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"text\"",
                "{\"DATA\":{}}",
                "{\"DATA\":null,\"has_next_page\":false}",
                "{\"DATA\":[]}",
                "{\"DATA\":[],\"has_next_page\":\"no\"}",
                "{\"DATA\":[],\"has_next_page\":null}",
                "<html>"
            })
    void a_page_that_is_none_is_unreadable(String body) {
        service.reply(200, body, "Content-Type", "text/html");

        assertThatThrownBy(() -> client().pages(request(), Paging.hasNextPage("DATA", 2, 1000))
                        .toList())
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"total\":\"4\"", "\"total\":null", "\"total\":1.5", "\"x\":1"})
    void a_total_that_is_no_number_is_unreadable(String total) {
        service.json(200, page(total, 1));

        assertThatThrownBy(() -> numbers(Paging.total("DATA", 1, 1000)))
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "true"})
    void a_next_page_without_a_marker_is_unreadable(String marker) {
        service.json(200, page("\"has_next_page\":true,\"marker\":" + marker, 1));

        assertThatThrownBy(() -> numbers(Paging.marker("DATA")))
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
    }

    @Test
    void a_marker_that_comes_again_ends_it() {
        service.json(200, page("\"has_next_page\":true,\"marker\":\"a\"", 1))
                .json(200, page("\"has_next_page\":true,\"marker\":\"b\"", 2))
                .json(200, page("\"has_next_page\":true,\"marker\":\"a\"", 3));

        assertEndless(client().pages(request(), Paging.marker("DATA")));
        assertThat(service.calls()).hasSize(3);
    }

    @Test
    void a_link_to_itself_ends_it() {
        service.json(200, page("\"links\":{\"next\":\"?filter=a+b\"}", 1));

        assertEndless(client().pages(request(), Paging.links("DATA")));
        assertThat(service.calls()).hasSize(1);
    }

    @Test
    void pages_without_anything_in_them_end_it() {
        int[] number = {0};

        assertEndless(counting(call -> page("\"has_next_page\":true,\"marker\":" + number[0]++)));
        assertThat(number[0]).isEqualTo(100);
    }

    @Test
    void pages_that_never_end_are_ended() {
        int[] number = {0};

        assertEndless(counting(call -> page("\"has_next_page\":true,\"marker\":" + number[0]++, 1)));
        assertThat(number[0]).isEqualTo(10_000);
    }

    @Test
    void a_marker_of_a_megabyte_is_not_sent_back() {
        service.json(200, page("\"has_next_page\":true,\"marker\":\"" + "m".repeat(1 << 20) + "\"", 1));

        assertEndless(client().pages(request(), Paging.marker("DATA")));
        assertThat(service.calls()).hasSize(1);
    }

    @Test
    void trouble_on_the_way_is_tried_again_and_no_page_is_lost() {
        service.json(200, page("\"has_next_page\":true", 1))
                .json(503, "{}")
                .json(200, page("\"has_next_page\":false", 2));

        assertThat(numbers(Paging.hasNextPage("DATA", 1, 1000))).containsExactly(1L, 2L);
        assertThat(pace.pauses()).hasSize(1);
    }

    private static Paged<Document> counting(Function<HttpCall, String> pages) {
        return ServiceClient.at("A Service", BASE, answering(pages), Authorizers.none())
                .pages(request(), Paging.marker("DATA"));
    }

    private static HttpSender answering(Function<HttpCall, String> pages) {
        FakePace pace = new FakePace();
        return (call, deadline, most) ->
                new HttpReply(200, Map.of(), pages.apply(call).getBytes(StandardCharsets.UTF_8), pace.now());
    }
}
