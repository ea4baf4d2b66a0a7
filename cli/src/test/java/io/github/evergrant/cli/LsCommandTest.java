package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.sandbox.globus.transfer.TutorialCollections;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LsCommandTest {

    private static final String SCOPE = "urn:globus:auth:scope:transfer.api.globus.org:all";
    private static final String FIRST = TutorialCollections.FIRST;
    private static final String GODATA = FIRST + ":/home/share/godata";

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void log_in() {
        shell = play.shell(home);
        shell.logIn("tour", play.grantScope(SCOPE));
    }

    @Test
    void lists_a_directory_of_a_collection_by_its_id() {
        assertThat(shell.run("ls", GODATA).isQuiet().out()).matches("""
                        NAME       SIZE     MODIFIED +PERMISSIONS
                        file1\\.txt  4 B      [0-9]+ days ago +0644
                        file2\\.txt  1\\.5 KiB  [0-9]+ days ago +0644
                        file3\\.txt  5\\.0 MiB  [0-9]+ days ago +0644
                        """);
        shell.run("-s", "tour", "ls", FIRST)
                .isQuiet()
                .prints("\nlocked/     -     ", "\nodd names/  -     ", "\nshare/      -     ", "  0755\n");
    }

    @Test
    void a_collection_is_found_by_the_name_that_is_displayed() {
        String byName = shell.run("ls", "Globus Tutorial Collection 1:~/share/godata")
                .isQuiet()
                .out();

        assertThat(byName).isEqualTo(shell.run("ls", GODATA).isQuiet().out());
        assertThat(shell.run("ls", "Globus Tutorial Collection 1").isQuiet().out())
                .isEqualTo(shell.run("ls", FIRST).isQuiet().out());
        assertThat(play.requests("transfer.endpoint_search")).isEqualTo(2);
    }

    @Test
    void json_has_the_same_and_more() {
        assertThat(shell.run("ls", "--json", FIRST + ":/home/share/godata/")
                        .isQuiet()
                        .out())
                .startsWith("{\"schema\":1,\"session\":\"tour\",\"endpoint\":\"" + FIRST
                        + "\",\"path\":\"/home/share/godata/\",\"total\":3,\"entries\":[{\"name\":\"file1.txt\","
                        + "\"type\":\"file\",\"size\":4,\"last_modified\":\"2026-01-05T16:23:33Z\","
                        + "\"permissions\":\"0644\",\"user\":\"demo\",\"group\":\"tutorial\",\"link_target\":null},{")
                .endsWith("}]}\n");
    }

    @Test
    void ten_thousand_files_are_ten_thousand_lines() {
        List<String> lines = shell.run("ls", TutorialCollections.LARGE)
                .isQuiet()
                .out()
                .lines()
                .toList();

        assertThat(lines).hasSize(TutorialCollections.MANY + 1);
        assertThat(lines.get(1)).startsWith("file00000.dat  0 B ");
        assertThat(lines.get(TutorialCollections.MANY)).startsWith("file09999.dat  9.8 KiB ");
        assertThat(lines.stream().map(line -> line.split(" ", 2)[0])).doesNotHaveDuplicates();
        Object entries = shell.run("ls", "--json", TutorialCollections.LARGE)
                .isQuiet()
                .json()
                .get("entries");
        assertThat(entries).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(TutorialCollections.MANY);
        assertThat(play.requests("transfer.ls")).isEqualTo(2);
    }

    @Test
    void what_begins_with_a_dot_is_listed_on_request() {
        assertThat(shell.run("ls", FIRST).isQuiet().out()).doesNotContain(".profile");
        shell.run("ls", "-a", FIRST).isQuiet().prints("\n.profile ");
        shell.run("ls", FIRST, "--all", "--json").isQuiet().prints("\".profile\"");
    }

    @Test
    void no_name_acts_on_the_terminal_and_none_is_lost() {
        String place = FIRST + ":/home/odd names";

        assertThat(shell.run("ls", place).isQuiet().out())
                .contains("\n100%.txt ", "\na b+c.txt ", "\nbell\\u0007\\u001b[31m.txt ", "\nna\u00efve.txt ")
                .doesNotContain("\u001b", "\u0007");
        Object entries = shell.run("--json", "ls", place).isQuiet().json().get("entries");
        assertThat(entries instanceof List<?> list ? list : List.of())
                .extracting(entry -> HostileJson.asObject(entry).get("name"))
                .contains("bell\u0007\u001b[31m.txt");
    }

    @Test
    void an_empty_directory_prints_nothing() {
        shell.run("ls", TutorialCollections.SECOND).exits(0).printsNothing().says("Nothing lies in /home/.");
        shell.run("-q", "ls", TutorialCollections.SECOND).isQuiet().printsNothing();
    }

    @Test
    void it_works_before_and_after_a_renewal_and_across_a_refusal_with_one_renewal_each() {
        shell.run("ls", GODATA).isQuiet().prints("file1.txt");
        assertThat(play.requests("token.refresh")).isZero();

        shell.later(Duration.ofSeconds(850));
        shell.run("ls", GODATA).isQuiet().prints("file1.txt");
        assertThat(play.requests("token.refresh")).isEqualTo(1);

        play.expire();
        shell.run("ls", GODATA).isQuiet().prints("file1.txt");
        assertThat(play.requests("token.refresh")).isEqualTo(2);
        assertThat(play.requests("transfer.ls")).isEqualTo(4);

        shell.run("ls", GODATA).isQuiet().prints("file1.txt");
        assertThat(play.requests("token.refresh")).isEqualTo(2);
        assertThat(play.stat("reuses")).isZero();
    }

    @Test
    void a_refusal_on_the_way_to_a_name_is_cured_too() {
        play.expire();

        shell.run("ls", "Globus Tutorial Collection 1").isQuiet().prints("share/");

        assertThat(play.requests("token.refresh")).isEqualTo(1);
        assertThat(play.requests("transfer.endpoint_search")).isEqualTo(2);
        assertThat(play.requests("transfer.ls")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        ":/home/share/nothing,ClientError.NotFound,:/home/share",
        ":/home/share/godata/file1.txt,NotDirectory,:/home/share/godata",
        ":/home/locked,PermissionDenied,:/home",
        ":/nothing,ClientError.NotFound,:/",
        ":/what?/100%,ClientError.NotFound,':/what?'",
        ":~/a b,ClientError.NotFound,:~"
    })
    void a_path_that_cannot_be_listed_is_refused_with_the_one_above_to_look_at(String path, String why, String above) {
        String quoted = above.matches(".*[?~].*") ? "'" + FIRST + above + "'" : FIRST + above;

        shell.run("ls", FIRST + path)
                .exits(5)
                .printsNothing()
                .says(why, "(request ")
                .advises("evergrant ls " + quoted + " -s tour");
    }

    @Test
    void dots_and_control_characters_reach_the_collection_and_not_the_terminal() {
        shell.run("ls", FIRST + ":/home/share/../share/./godata").isQuiet().prints("file1.txt");
        shell.run("ls", FIRST + ":/../../../home/share").isQuiet().prints("godata/");
        assertThat(shell.run("ls", FIRST + ":/\u001b[31m\r\nx").exits(5).err()).doesNotContain("\u001b", "\r");
        shell.run("ls", FIRST + ":/home/odd names/../share").isQuiet().prints("godata/");
    }

    @Test
    void a_collection_that_is_not_there_or_not_yours_is_refused() {
        shell.run("ls", "00000000-0000-4000-8000-000000000000")
                .exits(5)
                .printsNothing()
                .says("EndpointNotFound")
                .advises("evergrant sessions show tour");
        shell.run("ls", TutorialCollections.PRIVATE).exits(5).says("EndpointPermissionDenied");
        shell.run("ls", "Private Collection:/home")
                .exits(2)
                .says("no collection that you can see is called 'Private Collection'", "exactly as it is displayed")
                .advises("evergrant ls --help");
        shell.run("ls", "globus tutorial collection 1").exits(2);
        shell.run("ls", "\u001b[31m").exits(2).says("is called '[31m'");
        shell.run("ls", "").exits(2).advises("evergrant ls --help");
        shell.run("ls").exits(2);
        shell.run("ls", FIRST, "too much").exits(2);
    }

    @Test
    void a_session_without_a_token_for_it_has_to_log_in_with_the_scope() {
        shell.logIn("groups", play.grantGroups());

        shell.run("-s", "groups", "ls", FIRST)
                .exits(4)
                .says("no token for 'transfer.api.globus.org'")
                .advises("evergrant login globus -s groups --scope urn:globus:auth:scope:transfer.api.globus.org:all");
        shell.run("-s", "nobody", "ls", FIRST).exits(4);
        shell.run("logout", "--all").exits(0);
        shell.run("ls", FIRST).exits(4).advises("evergrant login globus");
    }

    @Test
    void a_scope_that_is_not_enough_is_refused() {
        shell.logIn("narrow", play.grantScope("urn:globus:auth:scope:transfer.api.globus.org:view_bookmarks"));

        shell.run("-s", "narrow", "ls", FIRST)
                .exits(5)
                .says("PermissionDenied", "lacks the scope")
                .advises("evergrant login globus -s narrow --scope " + SCOPE);
    }

    @Test
    void a_missing_consent_is_refused_with_the_login_that_asks_for_it_after_which_it_works() {
        shell.logIn("data", play.grant());
        String consent = SCOPE + "[*https://auth.globus.org/scopes/" + TutorialCollections.MAPPED + "/data_access]";

        shell.run("-s", "data", "ls", TutorialCollections.MAPPED)
                .exits(5)
                .printsNothing()
                .says("ConsentRequired", "Missing required data_access consent")
                .advises("evergrant login globus -s data --scope '" + consent + "'");
        assertThat(shell.run("--json", "-s", "data", "ls", TutorialCollections.MAPPED)
                        .exits(5)
                        .errorJson("error"))
                .containsEntry("run", "evergrant login globus -s data --scope '" + consent + "'");

        shell.terminal.types(shown -> play.allow(shown, "demo"));
        shell.run("login", "globus", "-s", "data", "--scope", consent).exits(0);

        shell.run("-s", "data", "ls", TutorialCollections.MAPPED).isQuiet().prints("mapped.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'code':'ConsentRequired','required_scopes':['-x']}",
                "{'code':'ConsentRequired','required_scopes':['a\\u001b[b]']}",
                "{'code':'ConsentRequired','required_scopes':['a[']}",
                "{'code':'ConsentRequired','required_scopes':[]}",
                "{'code':'ConsentRequired','required_scopes':7}",
                "{'code':'x','authorization_parameters':{'session_required_mfa':true}}",
                "[]",
                "x"
            })
    void a_demand_that_no_login_here_can_ask_for_is_an_ordinary_refusal(String body) {
        play.breakAll(
                "transfer.ls",
                "\"do\":\"status\",\"status\":403,\"headers\":{\"Content-Type\":\"application/json\"},\"body\":\""
                        + body.replace("\\", "\\\\").replace("'", "\\\"") + "\"");

        shell.run("ls", FIRST).exits(5).advises("evergrant sessions show tour");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"do\":\"status\",\"status\":503',7,6",
        "'\"do\":\"status\",\"status\":500',7,6",
        "'\"do\":\"status\",\"status\":503,\"headers\":{\"Retry-After\":\"3600\"}',7,1",
        "'\"do\":\"status\",\"status\":400',5,1",
        "'\"do\":\"wrong-content-type\"',7,1",
        "'\"do\":\"garbage\"',7,1",
        "'\"do\":\"drop\"',7,",
        "'\"do\":\"truncate\"',7,",
        "'\"do\":\"huge\"',5,1"
    })
    void trouble_has_the_code_of_what_a_script_can_do(String fault, int code, Integer requests) {
        play.breakAll("transfer.ls", fault);

        shell.run("ls", FIRST).exits(code).printsNothing();

        if (requests != null) {
            assertThat(play.requests("transfer.ls")).isEqualTo(requests);
        }
    }

    @Test
    void when_to_come_back_is_said_as_the_service_said_it() {
        play.breakAll("transfer.ls", "\"do\":\"status\",\"status\":429,\"headers\":{\"Retry-After\":\"3600\"}");

        shell.run("ls", FIRST)
                .exits(7)
                .says("status 429", "try again in ")
                .advises("evergrant ls " + FIRST + " -s tour");
        assertThat(shell.run("--json", "ls", FIRST).exits(7).errorJson("error")).containsKey("retry_at");
    }

    @Test
    void trouble_that_passes_takes_a_moment_and_a_person_is_told() {
        shell.terminal.isPresent();
        play.breakFirst("transfer.ls", 3, "\"do\":\"status\",\"status\":503");

        shell.run("ls", GODATA).exits(0).prints("file1.txt").says("trying again in ");

        assertThat(play.requests("transfer.ls")).isEqualTo(4);
    }

    @Test
    void the_timeout_counts_for_all_attempts_together() {
        play.breakAll("transfer.ls", "\"do\":\"status\",\"status\":429,\"headers\":{\"Retry-After\":\"9\"}");

        shell.run("--timeout", "20s", "ls", FIRST).exits(7);

        assertThat(play.requests("transfer.ls")).isEqualTo(3);
    }

    @Test
    void without_a_timeout_a_service_is_given_more_time_than_a_token() {
        play.breakFirst("transfer.ls", 5, "\"do\":\"status\",\"status\":429,\"headers\":{\"Retry-After\":\"9\"}");

        shell.run("ls", GODATA).exits(0).prints("file1.txt");

        // Forty-five seconds, by the shell's clock.
        assertThat(play.requests("transfer.ls")).isEqualTo(6);
    }

    @Test
    void a_timeout_of_globus_sdk_counts_for_each_attempt() {
        play.breakAll("transfer.ls", "\"do\":\"delay\",\"ms\":60000");

        shell.with("GLOBUS_SDK_HTTP_TIMEOUT", "0.1").run("ls", FIRST).exits(7);

        assertThat(play.requests("transfer.ls")).isEqualTo(6);
    }

    @Test
    void certificates_are_checked_whatever_the_variable_of_globus_sdk_says() {
        shell.with("GLOBUS_SDK_VERIFY_SSL", "no");
        for (String[] words : new String[][] {{"ls", FIRST}, {"whoami"}, {"token"}}) {
            shell.run(words).exits(2).says("GLOBUS_SDK_VERIFY_SSL says that any certificate is to be believed");
        }
        assertThat(play.requests("transfer.ls")).isZero();
        shell.run("--insecure-skip-tls-verify", "ls", GODATA).exits(0).prints("file1.txt");

        shell.with("GLOBUS_SDK_VERIFY_SSL", home.resolve("none.pem").toString())
                .run("ls", FIRST)
                .exits(2)
                .says("GLOBUS_SDK_VERIFY_SSL is neither yes nor no nor a file of certificates");
        shell.with("GLOBUS_SDK_VERIFY_SSL", "1").run("ls", GODATA).isQuiet();
    }

    @Test
    void a_variable_that_means_nothing_is_refused() {
        shell.with("GLOBUS_SDK_HTTP_TIMEOUT", "abc").run("ls", FIRST).exits(2).says("GLOBUS_SDK_HTTP_TIMEOUT");
        assertThat(play.requests("transfer.ls")).isZero();
        shell.with("GLOBUS_SDK_HTTP_TIMEOUT", "-1").run("ls", FIRST).isQuiet();
    }

    @Test
    void a_sandbox_session_goes_to_its_sandbox_without_the_variable() {
        shell.variables.remove("EVERGRANT_SANDBOX");

        shell.run("ls", GODATA).isQuiet().prints("file1.txt");
    }
}
