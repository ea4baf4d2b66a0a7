package io.github.evergrant.providers.agave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import java.net.URI;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgaveTenantsTest {

    private static final String LIST = "py-0.8-0.9/wire/a-init-create-token-01";

    private final Recorder recorder = new Recorder();
    private final AgaveTenants tenants = new AgaveTenants(recorder, URI.create(Recorder.BASE + "/tenants"));

    @Test
    @DisplayName("1, 2: a tenant is found by its id with one request, and its address loses its slash")
    void a_tenant_is_found_by_its_id() {
        recorder.reply(200, Captured.reply(LIST));

        Tenant tenant = tenants.meant("sd2e");

        assertThat(tenant.id()).isEqualTo("sd2e");
        assertThat(tenant.base()).hasToString("https://api.sd2e.org");
        Captured.request(LIST).isSentBy(recorder.only());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.sd2e.org/", "https://api.sd2e.org", "HTTPS://API.sd2e.org:443//"})
    @DisplayName("3, Q28, Q30: a tenant is found by its address, with or without slashes at the end")
    void a_tenant_is_found_by_its_address(String url) {
        recorder.reply(200, Captured.reply(LIST));

        assertThat(tenants.meant(url).id()).isEqualTo("sd2e");
    }

    @Test
    @DisplayName("4: whoever knows both sends nothing")
    void whoever_knows_both_sends_nothing() {
        assertThat(recorder.agave.dataOf(Recorder.SD2E, null).endpoints().token())
                .hasToString("https://api.sd2e.org/token");
        assertThat(recorder.sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SD2E", "moon", ""})
    @DisplayName("5: an id that there is none of is said, with those that there are")
    void an_unknown_id_is_said(String id) {
        recorder.reply(200, Captured.reply(LIST));

        assertThatThrownBy(() -> tenants.named(id)).isInstanceOfSatisfying(InvalidInput.class, e -> {
            assertThat(e.code()).isEqualTo("unknown_tenant");
            assertThat(e.advice()).contains("3dem, designsafe, sd2e, sgci, tacc.prod");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://api", "https://api.sd2e.org/v2", "https://api.sd2e.org:8443", "https://other.example"})
    @DisplayName("6, Q29: an address that is only like a tenant's is nobody's, and is called after itself")
    void an_address_that_is_nobodys_is_called_after_itself(String url) {
        recorder.reply(200, Captured.reply(LIST)).reply(200, Captured.reply(LIST));

        assertThat(tenants.at(url)).isEmpty();
        assertThat(tenants.meant(url)).isEqualTo(new Tenant(url, "", url));
    }

    @Test
    @DisplayName("7: the table is that of the original, to the last space")
    void the_table_is_that_of_the_original() {
        recorder.reply(200, Captured.reply(LIST));

        assertThat(String.join("\n", AgaveTables.tenants(tenants.list())) + "\n")
                .isEqualTo(Captured.text("py-0.8-0.9/text/list_tenants.txt"));
    }

    @Test
    @DisplayName("8, Q17: a host that cannot be reached is a failure and ends no program")
    void a_host_that_cannot_be_reached_ends_no_program() {
        try (JdkHttpSender http = new JdkHttpSender(HttpSettings.defaults(), InstantSource.system())) {
            AgaveTenants nowhere = new AgaveTenants(http, URI.create("http://127.0.0.1:9/tenants"));

            assertThatThrownBy(nowhere::list)
                    .isInstanceOfSatisfying(
                            TemporarilyUnavailable.class,
                            e -> assertThat(e.code()).isEqualTo("network"));
        }
    }

    @Test
    void fields_that_are_missing_are_empty_and_of_two_with_one_id_the_last_counts_in_the_first_place() {
        recorder.reply(200, """
                {"status":"success","result":[{"code":"a","name":"one"},{"code":"b","baseUrl":7},null,
                 {"code":"a","name":"two","baseUrl":"https://a.example/"}]}""");

        assertThat(tenants.list())
                .containsExactly(
                        new Tenant("a", "two", "https://a.example/"), new Tenant("b", "", ""), new Tenant("", "", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "503,<html>down</html>,api_unavailable",
        "200,<html>hello</html>,reply_unreadable",
        "200,'{\"status\":\"success\",\"result\":null}',reply_unreadable",
        "429,{},api_unavailable",
    })
    void an_answer_that_is_none_is_no_list(int status, String body, String code) {
        recorder.reply(status, body);

        assertThatThrownBy(tenants::list)
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_list_that_has_moved_is_found(int status) {
        recorder.redirect(status, "/v2/tenants?all=true")
                .redirect(status, "https://tenants.example.org/list")
                .reply(200, "{\"status\":\"success\",\"result\":[{\"code\":\"a\"}]}");

        assertThat(tenants.list()).containsExactly(new Tenant("a", "", ""));
        assertThat(recorder.sent.get(1).uri().getPath()).isEqualTo("/v2/tenants");
        assertThat(recorder.sent.get(2).uri()).hasToString("https://tenants.example.org/list");
        assertThat(recorder.sent).allSatisfy(call -> {
            assertThat(call.method()).isEqualTo("GET");
            assertThat(call.headers()).doesNotContainKeys("Authorization", "Cookie");
        });
    }

    @Test
    void plain_http_on_this_machine_may_lead_to_https() {
        AgaveTenants local = new AgaveTenants(recorder, URI.create("http://127.0.0.1:8080/tenants"));
        recorder.redirect(308, "https://api.example.org/tenants").reply(200, "{\"status\":\"success\",\"result\":[]}");

        assertThat(local.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.org/tenants",
                "http://127.0.0.1/",
                "file:///etc/passwd",
                "",
                "https://a b/",
                "https://u:p@api.example.org/"
            })
    void a_list_is_not_looked_for_where_no_request_may_go(String location) {
        recorder.redirect(302, location);

        assertThatThrownBy(tenants::list)
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("redirect_refused"));
        assertThat(recorder.sent).hasSize(1);
    }

    @Test
    void a_list_that_leads_in_circles_is_given_up() {
        for (int i = 0; i < 6; i++) {
            recorder.redirect(302, "/tenants");
        }

        assertThatThrownBy(tenants::list).isInstanceOf(ProviderRefused.class).hasMessageContaining("too often");
        assertThat(recorder.sent).hasSize(6);
    }

    @Test
    void a_refusal_is_no_wrong_password_where_none_was_sent() {
        recorder.reply(401, "{\"status\":\"error\",\"message\":\"no password\",\"result\":null}");

        assertThatThrownBy(tenants::list)
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("api_refused"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://api.sd2e.org/,plain_http",
        "https://u:p@api.sd2e.org/,bad_address",
        "https://api.sd2e.org/?x,bad_address",
        "'https://a b/',bad_address",
        "ftp://api.sd2e.org/,bad_address",
    })
    void no_request_goes_to_an_address_that_is_none(String url, String code) {
        assertThatThrownBy(() -> recorder.agave.dataOf(new Tenant("x", "", url), null))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(recorder.sent).isEmpty();
    }
}
