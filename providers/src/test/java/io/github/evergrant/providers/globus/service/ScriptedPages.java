package io.github.evergrant.providers.globus.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.error.ProviderRefused;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A service that gives pages as a script says, and whoever reads them. */
abstract class ScriptedPages {

    static final URI BASE = URI.create("https://service.example/");

    final FakePace pace = new FakePace();
    final Scripted service = new Scripted(pace);

    static void assertEndless(Paged<Document> paged) {
        assertThatThrownBy(() -> paged.stream().forEach(item -> {}))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("pages_endless"));
    }

    List<Long> numbers(Paging paging) {
        return client().pages(request(), paging)
                .as(item -> item.number("n").stream().boxed().findFirst())
                .toList();
    }

    ServiceClient client() {
        return ServiceClient.at("A Service", BASE, service, Authorizers.none()).with(pace);
    }

    static ServiceRequest request() {
        return ServiceRequest.get("list").with(Query.of("filter", "a b"));
    }

    static String page(String more, int... numbers) {
        return "{\"DATA\":["
                + IntStream.of(numbers).mapToObj(n -> "{\"n\":" + n + "}").collect(Collectors.joining(","))
                + "]," + more + "}";
    }
}
