package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.oauth.HostileJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every secret of a whole journey is a canary: none is in any output, log, exception, argument or file name.
 *
 * <p>What the secrets were is read from the sandbox's own log of requests, and from the stored session.
 */
final class CanaryTest {

    private static final Pattern STORED =
            Pattern.compile("\"(access_token|refresh_token|client_secret)\": ?\"([^\"]+)\"");

    @AutoClose
    private final Play play = new Play();

    private final Map<String, String> canaries = new LinkedHashMap<>();
    private final List<String> said = new ArrayList<>();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = play.shell(home).with("EVERGRANT_LOG", "debug");
    }

    @Test
    void no_secret_of_a_journey_is_seen_anywhere() throws Exception {
        journey();
        assertThat(canaries.keySet().stream().map(name -> name.replaceAll(" \\d+$", "")))
                .contains("code", "verifier", "state", "access token", "refresh token", "client secret", "id token");
        assertThat(said.size()).isGreaterThan(40);
        check(said);
        check(fileNames());
    }

    @Test
    void a_planted_leak_is_noticed() throws Exception {
        logInByPaste();
        collect();
        Ran leak = Program.start(
                        shell,
                        "exec",
                        "-s",
                        "tour",
                        "--resource-server",
                        Play.GROUPS,
                        "--",
                        "sh",
                        "-c",
                        "echo \"$GLOBUS_ACCESS_TOKEN\" >&2")
                .end();
        assertThatThrownBy(() -> check(List.of(leak.err()))).isInstanceOf(AssertionError.class);
        Files.createFile(home.resolve(canaries.get("access token 1")));
        assertThatThrownBy(() -> check(fileNames())).isInstanceOf(AssertionError.class);
    }

    private void journey() throws Exception {
        logInByBrowser();
        logInByPaste();
        shell.variables.put("EVERGRANT_CLIENT_SECRET", Play.CONFIDENTIAL_SECRET);
        run(
                0,
                "login",
                "globus",
                "-s",
                "machine",
                "--client-credentials",
                "--client-id",
                Play.CONFIDENTIAL_CLIENT,
                "--scope",
                Play.GROUPS_SCOPE);
        shell.variables.remove("EVERGRANT_CLIENT_SECRET");
        for (String command : List.of(
                "status --all",
                "status --all --json",
                "sessions list",
                "sessions show tour",
                "whoami -s tour",
                "groups -s tour",
                "groups -s tour --json",
                "ls -s tour 6c54cade-bde5-45c1-bdea-f4bd71dba2cc:/home/share",
                "status -s tour --check")) {
            run(0, command.split(" "));
        }
        childWithToken();
        run(0, "-s", "tour", "curl", play.base() + "/globus/groups/v2/groups/my_groups");
        trouble();
        crash();
        run(0, "sessions", "rename", "machine", "robot");
        play.breakAll("revoke", "\"do\":\"status\",\"status\":500");
        run(0, "logout", "-s", "robot");
        play.heal();
        run(0, "logout", "--all");
        collect();
    }

    private void logInByPaste() {
        shell.terminal.types(shown -> play.allow(shown, "demo"));
        keep(shell.run("-v", "login", "globus", "-s", "tour", "--paste").exits(0));
        String shown = shell.terminal.shown();
        Matcher state = Pattern.compile("[?&]state=([^&\\s]+)").matcher(shown);
        assertThat(state.find()).isTrue();
        canaries.put("state", state.group(1));
        // The state has to be in the address that a person opens; nowhere else.
        said.add(shown.replaceAll("(?m)^http\\S+$", "ADDRESS"));
        collect();
    }

    /** Also what is refused, and every page on the way. */
    private void logInByBrowser() {
        Screen screen = new Screen(home);
        for (String decision : List.of("allow", "deny")) {
            int count = screen.opened().size() + 1;
            CompletableFuture<List<String>> pages = CompletableFuture.supplyAsync(
                    () -> screen.follow(play.decide(screen.address(count), "demo", decision)));
            Ran ran = shell.run("-v", "login", "globus", "-s", "browsed", "--browser", screen.command());
            assertThat(ran.code()).isEqualTo(decision.equals("allow") ? 0 : 8);
            said.add(ran.out());
            // The state has to be in the address that a person opens; nowhere else.
            said.add(ran.err().replaceAll("(?m)^http\\S+$", "ADDRESS"));
            said.addAll(pages.join());
            collect();
        }
        run(0, "logout", "-s", "browsed");
    }

    /** While a child runs with a token, no process has it among its arguments. */
    private void childWithToken() {
        try (Program program = Program.start(
                shell, "-v", "exec", "-s", "tour", "--resource-server", Play.GROUPS, "--", "sh", "-c", "read line")) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> children(program) > 0);
            said.add(arguments());
            program.type("go on\n");
            keep(program.end().exits(0));
        }
    }

    private static long children(Program program) {
        return ProcessHandle.of(program.pid()).map(it -> it.children().count()).orElse(0L);
    }

    private static String arguments() {
        StringBuilder all = new StringBuilder();
        ProcessHandle.allProcesses().forEach(process -> {
            try {
                all.append(Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline")))
                        .append('\n');
            } catch (IOException e) {
                all.append("gone\n");
            }
        });
        return all.toString();
    }

    /** A provider in every kind of trouble, which quotes what it was sent. */
    private void trouble() {
        collect();
        String refresh = canaries.get("refresh token 1");
        String access = canaries.get("access token 1");
        for (String fault : List.of(
                "\"do\":\"status\",\"status\":400,\"body\":{\"error\":\"odd\",\"error_description\":\"you sent "
                        + refresh + " and " + access + "\"}",
                "\"do\":\"status\",\"status\":500,\"body\":\"<html>" + refresh + "</html>\"",
                "\"do\":\"garbage\",\"body\":\"{ " + access + "\"",
                "\"do\":\"truncate\",\"after\":true",
                "\"do\":\"wrong-content-type\"",
                "\"do\":\"drop\"")) {
            play.breakRefresh(fault);
            keep(Program.start(
                            shell,
                            "-v",
                            "token",
                            "-s",
                            "tour",
                            "--resource-server",
                            Play.GROUPS,
                            "--renew",
                            "--header",
                            "--timeout",
                            "1s")
                    .end());
            play.heal();
        }
        play.breakAll("groups.my_groups", "\"do\":\"status\",\"status\":401,\"body\":{\"detail\":\"" + access + "\"}");
        keep(Program.start(shell, "-v", "groups", "-s", "tour").end());
        String quoting = "{\"code\":\"" + access + "\",\"message\":\"you sent Bearer " + access + "\",\"request_id\":\""
                + access + "\"}";
        play.breakAll("transfer.endpoint_search", "\"do\":\"status\",\"status\":403,\"body\":" + quoting);
        keep(Program.start(shell, "-v", "ls", "-s", "tour", "a collection").end());
        play.heal();
    }

    /** The store is damaged while a session is in use, and standard output is a disk that is full. */
    private void crash() throws IOException {
        byte[] good = Files.readAllBytes(shell.store());
        Files.write(shell.store(), Arrays.copyOf(good, good.length - 40));
        run(6, "token", "-s", "tour", "--resource-server", Play.GROUPS);
        run(6, "status", "-s", "tour");
        Files.write(shell.store(), good);
        List<String> toFull = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >/dev/full", "sh"));
        toFull.addAll(Program.command("-v", "token", "-s", "tour", "--resource-server", Play.GROUPS));
        keep(Program.start(shell.variables, home, toFull).end().exits(1));
    }

    private void run(int code, String... words) {
        List<String> all = new ArrayList<>(List.of("-v"));
        all.addAll(List.of(words));
        keep(Program.start(shell, all.toArray(String[]::new)).end().exits(code));
    }

    private void keep(Ran ran) {
        said.add(ran.out());
        said.add(ran.err());
    }

    /** All secrets that have been sent or stored until now. */
    private void collect() {
        if (Shell.object(play.log()).get("requests") instanceof List<?> requests) {
            for (Object each : requests) {
                Map<String, @Nullable Object> request = HostileJson.asObject(each);
                form(request, "code", "code");
                form(request, "code_verifier", "verifier");
                form(request, "refresh_token", "refresh token");
                HostileJson.asObject(request.get("headers")).forEach((name, values) -> {
                    if (name.equalsIgnoreCase("authorization") && values instanceof List<?> list) {
                        list.forEach(value -> authorization(String.valueOf(value)));
                    }
                });
            }
        }
        try {
            Matcher stored = STORED.matcher(Files.readString(shell.store()));
            while (stored.find()) {
                add(stored.group(1).replace('_', ' '), stored.group(2));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // No part of an id token is said: its first part is the same for all, and in base64.
        canaries.put("id token", "eyJ");
    }

    private void form(Map<String, @Nullable Object> request, String field, String canary) {
        if (request.get("body") instanceof String body) {
            Matcher value = Pattern.compile("(?:^|&)" + field + "=([^&]+)").matcher(body);
            while (value.find()) {
                add(canary, URLDecoder.decode(value.group(1), StandardCharsets.UTF_8));
            }
        }
    }

    private void authorization(String header) {
        String value = header.substring(header.indexOf(' ') + 1);
        if (header.startsWith("Bearer ")) {
            add("access token", value);
        } else {
            String pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
            add("client secret", pair.substring(pair.indexOf(':') + 1));
            add("basic proof", value);
        }
    }

    private void add(String name, String secret) {
        if (!canaries.containsValue(secret)) {
            long count = canaries.keySet().stream()
                    .filter(key -> key.startsWith(name + " "))
                    .count();
            canaries.put(name + " " + (count + 1), secret);
        }
    }

    private void check(List<String> texts) {
        for (String text : texts) {
            canaries.forEach((name, secret) -> {
                if (text.contains(secret)) {
                    throw new AssertionError(name + " is in: " + text.replace(secret, "[" + name + "]"));
                }
            });
        }
    }

    private List<String> fileNames() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.map(Path::toString).toList();
        }
    }
}
