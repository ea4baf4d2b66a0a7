package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CurlCommandTest {

    private static final String MY_GROUPS = "/globus/groups/v2/groups/my_groups";

    private final Play play = new Play();
    private final Echo api = new Echo();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void log_in() {
        shell = play.shell(home);
        shell.logIn("tour", play.grant());
    }

    @AfterEach
    void stop() {
        api.close();
        play.close();
    }

    @Test
    void the_token_of_the_api_at_the_address_is_sent() {
        curl(play.base() + MY_GROUPS).isQuiet().prints("\"Demo Group\"");
        curl(play.base() + "/globus/auth/v2/oauth2/userinfo").isQuiet().prints("demo@example.org");
    }

    @Test
    void where_no_token_is_known_to_belong_none_goes_without_being_named() {
        curl(api.base() + "/x")
                .exits(2)
                .says("none of the APIs of Globus", "--resource-server")
                .advises("evergrant curl --help");
        assertThat(api.asked()).isEmpty();

        named("/x").isQuiet().prints("ok");

        assertThat(api.last().authorization()).startsWith("Bearer sandbox-at-");
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.org/,plain HTTP",
        "ftp://example.org/,not an http or https address",
        "example.org/x,not an http or https address",
        "https://user:word@example.org/,not an http or https address",
        "https://example.org/a b,no address"
    })
    void an_address_that_no_token_may_go_to_is_refused(String address, String why) {
        shell.run("curl", "--resource-server", Play.GROUPS, address).exits(2).says(why);
    }

    @Test
    void a_get_that_is_refused_is_sent_once_more_with_another_token() {
        play.expire();

        curl(play.base() + MY_GROUPS).isQuiet().prints("\"Demo Group\"");

        assertThat(play.requests("groups.my_groups")).isEqualTo(2);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void an_order_that_is_refused_is_not_placed_twice_but_the_token_is_renewed() {
        api.answers(exchange -> Echo.send(exchange, 401, new byte[0]));

        named("/order", "-d", "buy=1").exits(0).says("refused and renewed", "POST", "--retry-unsafe");

        assertThat(api.asked()).hasSize(1);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void on_request_an_order_is_sent_once_more() {
        api.answers(exchange -> Echo.send(exchange, api.asked().size() == 1 ? 401 : 200, new byte[0]));

        named("/order", "-d", "buy=1", "--retry-unsafe").isQuiet();

        assertThat(api.asked()).extracting(Echo.Asked::body).containsExactly("buy=1", "buy=1");
        assertThat(api.asked()).extracting(Echo.Asked::authorization).doesNotHaveDuplicates();
    }

    @Test
    void data_is_a_form_by_post_unless_said_otherwise() throws Exception {
        Files.writeString(home.resolve("body"), "{\"a\":\n1}");

        named("/", "-d", "a=1", "-d", "b=2").isQuiet();
        assertThat(api.last())
                .extracting(Echo.Asked::method, Echo.Asked::contentType, Echo.Asked::body)
                .containsExactly("POST", "application/x-www-form-urlencoded", "a=1&b=2");

        named("/", "-X", "put", "-H", "content-type: application/json", "-d", "@body")
                .isQuiet();
        assertThat(api.last())
                .extracting(Echo.Asked::method, Echo.Asked::contentType, Echo.Asked::body)
                .containsExactly("PUT", "application/json", "{\"a\":\n1}");

        shell.runWith("from stdin", "curl", "--resource-server", Play.GROUPS, "-d", "@-", api.base())
                .isQuiet();
        assertThat(api.last().body()).isEqualTo("from stdin");
        named("/", "-d", "@missing").exits(2).says("missing cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer x", "proxy-authorization: x", "no colon", ": x", "A: b\u00e9"})
    void a_header_that_is_none_or_would_hold_a_secret_is_refused(String header) {
        named("/", "-H", header).exits(2);
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void fail_is_22_and_prints_nothing() {
        api.answers(exchange -> Echo.send(exchange, 404, "secret body".getBytes(StandardCharsets.UTF_8)));

        named("/x", "-f").exits(22).printsNothing().says("status 404");
        named("/x").exits(0).prints("secret body");
    }

    @Test
    void what_silences_curl_is_taken_and_changes_nothing() {
        for (String flags : new String[] {"-s", "-S", "-sS", "-fsSL", "--silent", "--show-error"}) {
            named("/x", flags).isQuiet().prints("ok");
        }
        shell.run("curl", "--session", "tour", "-s", "--resource-server", Play.GROUPS, api.base())
                .isQuiet();
    }

    @Test
    void the_head_alone_is_asked_for_by_head() {
        api.answers(exchange -> Echo.send(exchange, 200, new byte[0]));

        assertThat(named("/x", "-sI").isQuiet().out())
                .startsWith("HTTP/1.1 200\r\n")
                .endsWith("\r\n\r\n");

        assertThat(api.last().method()).isEqualTo("HEAD");
        named("/x", "-I", "-d", "a=1").exits(2);
    }

    @Test
    void a_file_that_is_not_the_store_is_not_told_by_the_stores_name() {
        assertThat(named("/x", "-o", "/nonexist/x").exits(6).err())
                .contains("/nonexist/x cannot be written")
                .doesNotContain("sessions.json");
    }

    @Test
    void the_head_is_printed_on_request() {
        assertThat(named("/x", "-i").isQuiet().out())
                .startsWith("HTTP/1.1 200\r\n")
                .contains("content-length: 3\r\n")
                .endsWith("\r\n\r\nok\n");
    }

    @ParameterizedTest
    @CsvSource({"301,GET,''", "302,GET,''", "303,GET,''", "307,POST,a=1", "308,POST,a=1"})
    void redirects_are_followed_as_curl_does_and_only_on_request(int status, String method, String body) {
        api.redirects(status, "/end");

        named("/start", "-d", "a=1").isQuiet().printsNothing();
        named("/start", "-L", "-d", "a=1").isQuiet().prints("end");

        assertThat(api.last())
                .extracting(Echo.Asked::method, Echo.Asked::path, Echo.Asked::body)
                .containsExactly(method, "/end", body);
        assertThat(api.last().authorization()).startsWith("Bearer ");
    }

    @Test
    void a_redirect_to_another_origin_takes_neither_token_nor_cookie_along() {
        try (Echo other = new Echo()) {
            api.redirects(307, other.base() + "/end");

            named("/start", "-L", "-H", "Cookie: a=b", "-H", "X-Kept: 1")
                    .isQuiet()
                    .prints("ok");

            assertThat(api.last().authorization()).startsWith("Bearer ");
            assertThat(api.last().cookie()).isEqualTo("a=b");
            assertThat(other.last().authorization()).isEmpty();
            assertThat(other.last().cookie()).isEmpty();
        }
    }

    @Test
    void a_redirect_in_a_circle_or_to_plain_http_ends() {
        api.redirects(302, "/start");
        named("/start", "-L").exits(5).says("redirected 20 times");
        assertThat(api.asked()).hasSize(21);

        api.redirects(302, "http://example.org/");
        named("/start", "-L").exits(5).says("not https");
    }

    @Test
    void a_file_is_whole_an_ordinary_file_and_holds_every_byte() throws Exception {
        byte[] all = allBytes();
        api.answers(exchange -> Echo.send(exchange, 200, all));
        Path file = home.resolve("out");

        named("/", "-o", "out").isQuiet().printsNothing();
        assertThat(file).hasBinaryContent(all);
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(Files.getPosixFilePermissions(Files.writeString(home.resolve("ordinary"), "")));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.writeString(file, "before");
        named("/", "-o", "out").isQuiet();
        assertThat(file).hasBinaryContent(all);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");

        named("/", "-f", "-o", "no/folder").exits(6).says("cannot be written");
        try (var files = Files.list(home)) {
            assertThat(files).noneMatch(each -> each.toString().endsWith(".tmp"));
        }
    }

    @Test
    void standard_output_gets_every_byte() throws Exception {
        byte[] all = allBytes();
        api.answers(exchange -> Echo.send(exchange, 200, all));
        try (Launched program = new Launched(shell.variables, "curl", "--resource-server", Play.GROUPS, api.base())) {
            assertThat(program.bytes()).isEqualTo(all);
            assertThat(program.end()).isZero();
        }
    }

    @Test
    void a_terminal_is_shown_nothing_that_acts_on_it() {
        shell.terminal.showsStandardOutput();
        api.answers(exchange -> Echo.send(exchange, 200, "a\tb\u001b[2J\n\u00e9\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(named("/").isQuiet().out()).isEqualTo("a\tb\\u001b[2J\n\u00e9\n");
    }

    @Test
    void an_answer_beyond_64_mib_is_refused_with_a_clear_word() {
        api.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[1 << 20];
            for (int i = 0; i <= 64; i++) {
                exchange.getResponseBody().write(part);
            }
        });

        named("/").exits(5).printsNothing().says("larger than 64 MiB");
    }

    @Test
    void nobody_there_is_trouble_for_now() {
        api.close();

        named("/").exits(7).says("no answer from " + api.base()).advises("evergrant status -s tour --check");
    }

    @Test
    void an_answer_that_does_not_come_in_time_is_told_as_such() {
        CountDownLatch over = new CountDownLatch(1);
        api.answers(exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        try {
            named("/", "--timeout", "1s").exits(7).says(api.base() + "/ did not answer in time");
        } finally {
            over.countDown();
        }
    }

    private Ran curl(String address) {
        return shell.run("-s", "tour", "curl", address);
    }

    private Ran named(String path, String... more) {
        List<String> words = new ArrayList<>(List.of("-s", "tour", "curl", "--resource-server", Play.GROUPS));
        words.addAll(List.of(more));
        words.add(api.base() + path);
        return shell.run(words.toArray(new String[0]));
    }

    private static byte[] allBytes() {
        byte[] all = new byte[1024];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }
}
