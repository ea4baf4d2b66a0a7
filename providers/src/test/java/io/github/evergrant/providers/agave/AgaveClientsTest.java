package io.github.evergrant.providers.agave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.token.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests beside those that were captured, and what is made of the answers. */
final class AgaveClientsTest {

    private static final String OLD = "py-0.8-0.9/wire/";
    private static final AgaveUser ADA = new AgaveUser("ada", Secret.of("s3cret pass&word"));

    private final Recorder recorder = new Recorder();
    private final AgaveClients clients = new AgaveClients(recorder.data, ADA, recorder);

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    @DisplayName("9, 10: a client is created by one request, and key and secret are told, whether by 200 or by 201")
    void a_client_is_created(int status) {
        recorder.reply(status, Captured.reply(OLD + "a-init-create-token-02"));

        CreatedClient made = clients.create("my_super_cool_client", "made for a test");

        Captured.request(OLD + "a-init-create-token-02").isSentBy(recorder.only());
        assertThat(made).isEqualTo(new CreatedClient("my_super_cool_client", "key-0001", Secret.of("sec-0001")));
        assertThat(made.toString()).doesNotContain("sec-0001");
    }

    @Test
    void a_client_without_a_description_sends_none() {
        recorder.reply(201, Captured.reply("py-1.0/wire/p7-clients-create-01"));

        clients.create("hostname-tidy-otter", null);

        Captured.request("py-1.0/wire/p7-clients-create-01").isSentBy(recorder.only());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"success\",\"result\":null}",
                "{\"status\":\"success\",\"result\":{\"consumerKey\":\"k\"}}",
                "{\"status\":\"success\",\"result\":{\"consumerKey\":\"k\",\"consumerSecret\":\"\"}}",
                "{\"status\":\"success\",\"result\":{\"key\":\"k\",\"secret\":\"s\"}}",
                "{\"status\":\"success\",\"result\":[\"k\"]}",
            })
    @DisplayName("11, Q41: an answer without key and secret is a failure")
    void an_answer_without_key_and_secret_is_a_failure(String body) {
        recorder.reply(200, body);

        assertThatThrownBy(() -> clients.create("c", "d"))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("client_without_secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    @DisplayName("12, Q10, Q44: without a name nothing is sent")
    void without_a_name_nothing_is_sent(String name) {
        for (Runnable call : List.<Runnable>of(
                () -> clients.create(name, "d"),
                () -> clients.delete(name),
                () -> clients.subscribe(name, new Subscription("Apps", "v2", "admin")),
                () -> clients.subscriptions(name))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("client_name_needed"));
        }
        assertThat(recorder.sent).isEmpty();
    }

    static List<List<String>> refusals() {
        return List.of(
                List.of(
                        "clients-error-badlogin-400.json",
                        "400",
                        "api_refused",
                        "(login failure text from the gateway)"),
                List.of(
                        "clients-error-duplicate-400.json",
                        "400",
                        "client_not_created",
                        "Unable to create application"),
                List.of("clients-error-noauth-401.json", "401", "wrong_password", "Authorization header missing"),
                List.of("clients-error-notfound-400.json", "400", "unknown_client", "Application not found"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    @DisplayName("13, Q16: a refusal tells status and words, and never the password")
    void a_refusal_tells_status_and_words(List<String> refusal) {
        int status = Integer.parseInt(refusal.get(1));
        recorder.reply(status, Captured.text("samples/" + refusal.get(0)));

        assertThatThrownBy(clients::list).isInstanceOfSatisfying(ProviderRefused.class, e -> {
            assertThat(e.code()).isEqualTo(refusal.get(2));
            assertThat(e).hasMessageContaining("status " + status).hasMessageContaining(refusal.get(3));
            AgaveError error = AgaveError.of(e).orElseThrow();
            assertThat(error.status()).isEqualTo(status);
            assertThat(error.words()).contains(refusal.get(3));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"error\",\"message\":\"no: s3cret pass&word\"}",
                "s3cret pass&word is what you sent",
                "{\"error_description\":\"s3cret pass&word\"}"
            })
    @DisplayName("13, Q16: a password that is quoted is quoted no further")
    void a_password_that_is_quoted_is_quoted_no_further(String body) {
        recorder.reply(400, body);

        assertThatThrownBy(() -> clients.create("c", "d")).satisfies(e -> {
            assertThat(e).hasStackTraceContaining("status 400");
            for (Throwable each = e; each != null; each = each.getCause()) {
                assertThat(each.toString()).doesNotContain("s3cret");
            }
            assertThat(AgaveError.of((EvergrantException) e).orElseThrow().words())
                    .doesNotContain("s3cret");
        });
        assertThat(ADA.toString()).doesNotContain("s3cret");
    }

    @Test
    @DisplayName("14, Q18: an answer that is HTML does not hide its status")
    void an_answer_that_is_html_does_not_hide_its_status() {
        recorder.reply(500, "<html>" + "x".repeat(500)).reply(404, "<html>gone</html>");

        assertThatThrownBy(clients::list).isInstanceOfSatisfying(TemporarilyUnavailable.class, e -> {
            assertThat(e).hasMessageContaining("status 500");
            AgaveError error = AgaveError.of(e).orElseThrow();
            assertThat(error.status()).isEqualTo(500);
            assertThat(error.words()).hasSize(200).startsWith("<html>xxx");
        });
        assertThatThrownBy(clients::list)
                .isInstanceOf(ProviderRefused.class)
                .hasMessageEndingWith("said no (status 404)");
    }

    @Test
    @DisplayName("15: the table of clients is that of the original")
    void the_table_of_clients_is_that_of_the_original() {
        recorder.reply(200, """
                {"status":"success","result":[{"name":"client-name","description":"made for a test","consumerKey":"k"},
                 {"name":"other","description":null},
                 {"name":"a-client-name-longer-than-thirty-characters","description":"some description"}]}""");

        List<AgaveClient> all = clients.list();

        assertThat(String.join("\n", AgaveTables.clients(all)) + "\n")
                .isEqualTo(Captured.text("py-0.8-0.9/text/clients_list.txt"));
        assertThat(AgaveTables.clients(List.of(new AgaveClient("n", "", ""))).get(1))
                .hasSize(111)
                .startsWith("n  ");
        assertThat(recorder.only().uri()).hasToString(Recorder.BASE + "/clients/v2");
    }

    @Test
    @DisplayName("16: the session's client is found by its key and deleted by its name")
    void the_sessions_client_is_found_by_its_key() {
        recorder.reply(200, Captured.text("samples/clients-list-200.json"))
                .reply(200, Captured.text("samples/clients-list-200.json"))
                .reply(200, Captured.text("samples/clients-delete-200.json"));

        assertThat(clients.withKey("key-0001")).isEqualTo(new AgaveClient("my_client", "made for a test", "key-0001"));
        assertThatThrownBy(() -> clients.withKey("key-0009"))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("unknown_client"));
        clients.delete("client-name");
        Captured.request(OLD + "h-subscribe-subscriptions-delete-04").isSentBy(recorder.sent.get(2));
    }

    @Test
    @DisplayName("18: subscribing is the captured request")
    void subscribing_is_the_captured_request() {
        recorder.reply(200, Captured.reply(OLD + "h-subscribe-subscriptions-delete-01"));

        clients.subscribe("client-name", new Subscription("PublicKeys", "v2", "admin"));

        Captured.request(OLD + "h-subscribe-subscriptions-delete-01").isSentBy(recorder.only());
    }

    @Test
    @DisplayName("19: the table of subscriptions is that of the original, the version in the middle")
    void the_table_of_subscriptions_is_that_of_the_original() {
        recorder.reply(200, Captured.reply(OLD + "h-subscribe-subscriptions-delete-02"))
                .reply(200, "{\"status\":\"success\",\"result\":null}");

        List<Subscription> all = clients.subscriptions("client-name");

        Captured.request(OLD + "h-subscribe-subscriptions-delete-02").isSentBy(recorder.only());
        assertThat(String.join("\n", AgaveTables.subscriptions(all)) + "\n")
                .isEqualTo(Captured.text("py-0.8-0.9/text/clients_subscriptions.txt"));
        assertThat(clients.subscriptions("nobody")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.sd2e.org", "https://api.sd2e.org/", "https://api.sd2e.org//"})
    @DisplayName("20, Q34: no request has a double slash, however the tenant's address ends")
    void no_request_has_a_double_slash(String url) {
        recorder.reply(200, "{\"status\":\"success\",\"result\":[]}");

        new AgaveClients(recorder.agave.dataOf(new Tenant("sd2e", "", url), null), ADA, recorder).list();

        assertThat(recorder.only().uri()).hasToString("https://api.sd2e.org/clients/v2");
        assertThat(recorder.data.endpoints().token()).hasToString("https://api.sd2e.org/token");
    }

    @ParameterizedTest
    @CsvSource({
        "a b,a%20b",
        "a/b,a%2Fb",
        "'näme/\u2028?#%+x',n%C3%A4me%2F%E2%80%A8%3F%23%25%2Bx",
        "plain-1.x_y,plain-1.x_y"
    })
    @DisplayName("21, Q33: a name is one segment of the path, whatever it holds")
    void a_name_is_one_segment(String name, String segment) {
        recorder.reply(200, Captured.text("samples/clients-delete-200.json"))
                .reply(200, Captured.text("samples/subscriptions-list-200.json"));

        clients.delete(name);
        clients.subscriptions(name);

        assertThat(recorder.sent.get(0).uri()).hasToString(Recorder.BASE + "/clients/v2/" + segment);
        assertThat(recorder.sent.get(1).uri()).hasToString(Recorder.BASE + "/clients/v2/" + segment + "/subscriptions");
    }

    @ParameterizedTest
    @CsvSource({"ädä,p\u00fc:x,ISO-8859-1", "ada,\u65e5\u672c,UTF-8"})
    @DisplayName("Q40: what ISO-8859-1 has is sent in it, and all else in UTF-8")
    void what_iso_8859_1_has_is_sent_in_it(String name, String password, String charset) throws Exception {
        recorder.reply(200, "{\"status\":\"success\",\"result\":[]}");

        new AgaveClients(recorder.data, new AgaveUser(name, Secret.of(password)), recorder).list();

        assertThat(recorder.only().headers())
                .containsEntry(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(charset)));
    }

    @Test
    @DisplayName("Q43: a client that may have been created is not created again")
    void a_client_that_may_have_been_created_is_not_created_again() {
        recorder.silence().reply(200, "<html>hello</html>").reply(502, "<html>down</html>");

        for (int i = 1; i <= 3; i++) {
            assertThatThrownBy(() -> clients.create("c", "d"))
                    .isInstanceOfSatisfying(TemporarilyUnavailable.class, e -> {
                        assertThat(e.code()).isEqualTo("maybe_done");
                        assertThat(e.advice()).contains("look first whether it was done");
                    });
            assertThat(recorder.sent).hasSize(i);
        }
    }

    @Test
    void clients_are_never_asked_for_elsewhere_than_at_their_tenant() {
        recorder.redirect(307, "https://elsewhere.example/clients/v2").redirect(307, Recorder.BASE + "/clients/v3");

        assertThatThrownBy(clients::list).isInstanceOf(ProviderRefused.class).hasMessageContaining("307");
        assertThatThrownBy(clients::list).isInstanceOf(ProviderRefused.class).hasMessageContaining("307");
        assertThat(recorder.sent).hasSize(2);
    }

    @Test
    void an_envelope_that_says_error_is_a_refusal_whatever_the_status() {
        recorder.reply(
                        200,
                        "{\"status\":\"error\",\"message\":\"Invalid username/password combination.\",\"result\":null}")
                .reply(200, "[]")
                .reply(200, "{\"status\":\"success\",\"result\":{}}")
                .reply(302, "");

        assertThatThrownBy(clients::list)
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("wrong_password"));
        assertThatThrownBy(clients::list).isInstanceOf(TemporarilyUnavailable.class);
        assertThatThrownBy(clients::list).isInstanceOf(TemporarilyUnavailable.class);
        assertThatThrownBy(clients::list).isInstanceOf(ProviderRefused.class).hasMessageContaining("302");
    }

    @Test
    void a_form_holds_any_character() {
        recorder.reply(201, Captured.reply(OLD + "a-init-create-token-02"));

        clients.create("n &=+%", "d\n\u00e4");

        assertThat(Captured.form(new String(recorder.only().body(), StandardCharsets.UTF_8)))
                .isEqualTo(Map.of(
                        "clientName", "n &=+%", "description", "d\n\u00e4", "tier", "Unlimited", "callbackUrl", ""));
    }

    @Test
    void nobody_without_a_name_or_a_password_asks() {
        assertThatThrownBy(() -> new AgaveUser("", Secret.of("p"))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new AgaveUser("u", Secret.of(""))).isInstanceOf(InvalidInput.class);
    }
}
