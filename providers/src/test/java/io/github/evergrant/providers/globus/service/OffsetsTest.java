package io.github.evergrant.providers.globus.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages by limit and offset. */
final class OffsetsTest extends ScriptedPages {

    @Test
    void has_next_page_goes_on_by_offset() {
        service.json(200, page("\"has_next_page\":true", 1, 2))
                .json(200, page("\"has_next_page\":true", 3, 4))
                .json(200, page("\"has_next_page\":false", 5));

        assertThat(numbers(Paging.hasNextPage("DATA", 2, 1000))).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(service.targets())
                .containsExactly(
                        "/list?filter=a+b&limit=2&offset=0",
                        "/list?filter=a+b&limit=2&offset=2",
                        "/list?filter=a+b&limit=2&offset=4");
    }

    @Test
    void has_next_page_ends_at_the_most_that_the_service_gives() {
        service.json(200, page("\"has_next_page\":true", 1, 2, 3));

        assertThat(numbers(Paging.hasNextPage("DATA", 3, 7))).hasSize(9);
        assertThat(service.targets())
                .containsExactly(
                        "/list?filter=a+b&limit=3&offset=0",
                        "/list?filter=a+b&limit=3&offset=3",
                        "/list?filter=a+b&limit=1&offset=6");
    }

    @Test
    void a_page_may_have_fewer_items_than_were_asked_for() {
        service.json(200, page("\"has_next_page\":true", 1))
                .json(200, page("\"has_next_page\":true", 2, 3))
                .json(200, page("\"has_next_page\":false"));

        assertThat(numbers(Paging.hasNextPage("DATA", 2, 1000))).containsExactly(1L, 2L, 3L);
        assertThat(service.targets())
                .containsExactly(
                        "/list?filter=a+b&limit=2&offset=0",
                        "/list?filter=a+b&limit=2&offset=1",
                        "/list?filter=a+b&limit=2&offset=3");
    }

    @Test
    void a_search_says_how_far_a_page_goes() {
        service.json(200, page("\"has_next_page\":true,\"count\":3", 1, 2))
                .json(200, page("\"has_next_page\":false,\"count\":1", 3));

        assertThat(numbers(Paging.hasNextPageCounted("DATA", 3, 10_000))).containsExactly(1L, 2L, 3L);
        assertThat(service.targets())
                .containsExactly("/list?filter=a+b&limit=3&offset=0", "/list?filter=a+b&limit=3&offset=3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"count\":null", ",\"count\":\"3\""})
    void a_search_that_does_not_say_how_far_a_page_goes_is_unreadable(String count) {
        service.json(200, page("\"has_next_page\":true" + count, 1));

        assertThatThrownBy(() -> numbers(Paging.hasNextPageCounted("DATA", 3, 10_000)))
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"has", "count"})
    void an_offset_that_does_not_go_on_ends_it(String style) {
        service.json(200, page("\"has_next_page\":true,\"count\":-1"));
        Paging paging =
                style.equals("has") ? Paging.hasNextPage("DATA", 2, 1000) : Paging.hasNextPageCounted("DATA", 2, 1000);

        assertEndless(client().pages(request(), paging));
        assertThat(service.calls()).hasSize(1);
    }

    @Test
    void total_goes_on_until_the_offset_has_reached_it() {
        service.json(200, page("\"total\":4", 1, 2)).json(200, page("\"total\":4", 3, 4));

        assertThat(numbers(Paging.total("DATA", 2, 1000))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(service.calls()).hasSize(2);
    }

    @Test
    void a_list_that_becomes_shorter_meanwhile_just_ends() {
        service.json(200, page("\"total\":4", 1, 2)).json(200, page("\"total\":4"));

        assertThat(numbers(Paging.total("DATA", 2, 1000))).containsExactly(1L, 2L);
        assertThat(service.calls()).hasSize(2);
    }

    @Test
    void an_offset_of_the_callers_own_is_where_it_begins() {
        service.json(200, page("\"total\":4", 3)).json(200, page("\"total\":4", 4));

        assertThat(client().pages(
                                ServiceRequest.get("list").with(Query.of("offset", 2)), Paging.total("DATA", 1, 1000)))
                .hasSize(2);
        assertThat(service.targets()).containsExactly("/list?offset=2&limit=1", "/list?offset=3&limit=1");
    }

    @Test
    void a_limit_of_the_callers_own_is_the_size_of_a_page_if_the_service_gives_as_many() {
        service.json(200, page("\"has_next_page\":true", 1, 2))
                .json(200, page("\"has_next_page\":true", 3, 4))
                .json(200, page("\"has_next_page\":false", 5));

        assertThat(limited(2)).hasSize(5);
        assertThat(service.targets())
                .containsExactly(
                        "/list?filter=a+b&limit=2&offset=0",
                        "/list?filter=a+b&limit=2&offset=2",
                        "/list?filter=a+b&limit=2&offset=4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "1000000000000", "0", "-1", "many", ""})
    void a_limit_that_the_service_would_not_keep_is_no_limit(String limit) {
        service.json(200, page("\"has_next_page\":false", 1));

        assertThat(limited(limit)).hasSize(1);
        assertThat(service.targets()).containsExactly("/list?filter=a+b&limit=100&offset=0");
    }

    private List<Document> limited(Object limit) {
        return client().pages(request().with(Query.of("limit", limit)), Paging.hasNextPage("DATA", 100, 1000))
                .toList();
    }
}
