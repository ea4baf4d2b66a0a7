package io.github.evergrant.login;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What strangers, other pages, other programs and confused browsers send to a listener that waits for a login. */
final class Hostility {

    /** No answer at all: the connection ends. */
    static final int NOTHING = 0;

    private final List<Case> cases = new ArrayList<>();
    private String group = "";

    /** What the cases are made of: the listener's place, and what only its own login, and its form, should know. */
    record Target(
            Visitor visitor,
            String host,
            int port,
            String path,
            String state,
            String formerState,
            String entrance,
            String token) {

        /** Without a form. */
        Target(Visitor visitor, String host, int port, String path, String state, String formerState) {
            this(visitor, host, port, path, state, formerState, "", "");
        }

        /** What a form would be taken for that was filled in by somebody else. */
        String stolenForm() {
            return "form=" + token + "&client_id=stolen-client&client_secret=stolen-secret";
        }

        String rightQuery() {
            return "?code=stolen-code&state=" + state;
        }
    }

    /**
     * One attempt.
     *
     * @param group what it tries to abuse
     * @param expected the statuses that may come back
     * @param attempt makes it, and gives what came back
     */
    record Case(String group, String name, Set<Integer> expected, Function<Target, Visitor.Reply> attempt) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> all() {
        Hostility all = new Hostility();
        all.of("host").otherNames();
        return all.common();
    }

    /** For a listener with a form, which may be called by any name that leads to this machine only. */
    static List<Case> withForm() {
        Hostility all = new Hostility();
        new HostileForms(all.of("form")).add();
        return all.common();
    }

    private List<Case> common() {
        Hostility all = this;
        all.of("state").states();
        all.of("host").hosts();
        all.of("page").scripts();
        all.of("method").methods();
        all.of("path").paths();
        all.of("bytes").protocols();
        all.of("crowd").crowds();
        return all.cases;
    }

    private Hostility of(String next) {
        group = next;
        return this;
    }

    private void states() {
        query("a wrong state", 400, it -> "?code=c&state=" + "A".repeat(43));
        query("no state", 400, it -> "?code=c");
        query("an empty state", 400, it -> "?code=c&state=");
        query("the state but for its last letter", 400, it -> "?code=c&state=" + cut(it.state()) + "*");
        query("the beginning of the state", 400, it -> "?code=c&state=" + cut(it.state()));
        query("the state and one letter more", 400, it -> "?code=c&state=" + it.state() + "A");
        query("the state in capitals", 400, it -> "?code=c&state=" + it.state().toUpperCase(Locale.ROOT));
        query("the state and a NUL", 400, it -> "?code=c&state=" + it.state() + "%00");
        query("the state and a space", 400, it -> "?code=c&state=" + it.state() + "+");
        query("the state of a former login", 400, it -> "?code=c&state=" + it.formerState());
        query("the right state, then a wrong one", 400, it -> it.rightQuery() + "&state=A");
        query("a wrong state, then the right one", 400, it -> "?state=A&code=c&state=" + it.state());
        query("the right state twice", 400, it -> it.rightQuery() + "&state=" + it.state());
        query("the right state under another name", 400, it -> "?code=c&State=" + it.state());
        query("a state that cannot be decoded", 400, it -> "?code=c&state=%zz");
        query("the right state and neither code nor error", 400, it -> "?state=" + it.state());
        query("the right state and an empty code", 400, it -> "?code=&state=" + it.state());
        query("the right state and two codes", 400, it -> it.rightQuery() + "&code=other");
        query("the right state and a code with a line end", 400, it -> "?code=a%0D%0Ab&state=" + it.state());
        query("the right state and a code with a NUL", 400, it -> "?code=a%00b&state=" + it.state());
        query("the right state and an endless code", 400, it -> "?code=" + "c".repeat(9000) + "&state=" + it.state());
        query("an error without a state", 400, it -> "?error=access_denied");
        query("an error with a wrong state", 400, it -> "?error=access_denied&state=A");
        query("an error with an empty state", 400, it -> "?error=server_error&state=");
        query(
                "a script in the error's words",
                400,
                it -> "?error=e&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state=A");
        query("escape sequences in the error", 400, it -> "?error=%1B%5B2J%07&state=A");
        query("an error of 8 kB", 400, it -> "?error=e&error_description=" + "x".repeat(8000));
        query("another issuer and a wrong state", 400, it -> "?code=c&state=A&iss=https://evil.example");
        query("tokens as in the implicit grant", 400, it -> "?access_token=t&token_type=Bearer&state=A");
        query("no query", 400, it -> "");
        query("an empty query", 400, it -> "?");
        query("a query of separators", 400, it -> "?&&=&=;&");
        query("ten thousand parameters", 400, it -> "?" + "a&".repeat(5000));
        with("the state in a cookie", 400, "?code=c", it -> "Cookie: state=" + it.state());
    }

    private void otherNames() {
        host("Host localhost", it -> "Host: localhost:" + it.port() + "\r\n");
        host("Host [::1]", it -> "Host: [::1]:" + it.port() + "\r\n");
    }

    private void hosts() {
        host("no Host", it -> "");
        host("Host without the port", it -> "Host: 127.0.0.1\r\n");
        host("Host with another port", it -> "Host: 127.0.0.1:" + (it.port() ^ 1) + "\r\n");
        host("Host 0.0.0.0", it -> "Host: 0.0.0.0:" + it.port() + "\r\n");
        host("Host 127.1", it -> "Host: 127.1:" + it.port() + "\r\n");
        host("Host 127.0.0.01", it -> "Host: 127.0.0.01:" + it.port() + "\r\n");
        host("Host with a dot behind", it -> "Host: 127.0.0.1.:" + it.port() + "\r\n");
        host("a rebound name", it -> "Host: evil.example:" + it.port() + "\r\n");
        host("a rebound name without the port", it -> "Host: evil.example\r\n");
        host("a name that begins with the address", it -> "Host: 127.0.0.1:" + it.port() + ".evil.example\r\n");
        host("the Host twice", it -> "Host: " + it.host() + "\r\nHost: " + it.host() + "\r\n");
        host("the Host and another one", it -> "Host: " + it.host() + "\r\nHost: evil.example\r\n");
        host("two Hosts in one header", it -> "Host: " + it.host() + ", evil.example\r\n");
        host("an empty Host", it -> "Host:\r\n");
        add(
                "an old request without a Host",
                421,
                it -> it.visitor().send("GET " + it.path() + it.rightQuery() + " HTTP/1.0\r\n\r\n"));
    }

    /** All with the right state: the fetch metadata alone must turn them away. */
    private void scripts() {
        right("a script of another page", "Origin: https://evil.example");
        right("a script of a page of ours", "Origin: http://127.0.0.1");
        right("a script that may read the reply", "Sec-Fetch-Mode: cors");
        right("an image", "Sec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image");
        right("a script of the same origin", "Sec-Fetch-Mode: same-origin");
        right("a socket of a page", "Sec-Fetch-Mode: websocket\r\nUpgrade: websocket\r\nConnection: Upgrade");
        right("a frame", "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe");
        right("an embedded object", "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: object");
        right("two fetch modes", "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Mode: cors");
        right("a prefetch", "Sec-Purpose: prefetch");
        right("a prerendering", "Sec-Fetch-Mode: navigate\r\nSec-Purpose: prefetch;prerender");
        right("a prefetch of old", "Purpose: prefetch");
        right("a prefetch of Firefox", "X-Moz: prefetch");
        right("a preview of Safari", "X-Purpose: preview");
    }

    private void methods() {
        method("HEAD", 405);
        method("PUT", 405);
        method("DELETE", 405);
        method("PATCH", 405);
        method("TRACE", 405);
        method("BREW", 405);
        method("get", 405);
        method("OPTIONS", 405);
        add(
                "a form that is posted",
                405,
                it -> it.visitor()
                        .send("POST " + it.path() + " HTTP/1.1\r\nHost: " + it.host()
                                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                + (it.rightQuery().length() - 1) + "\r\n\r\n"
                                + it.rightQuery().substring(1)));
        add(
                "a page that asks whether it may",
                403,
                it -> it.visitor()
                        .send("OPTIONS " + it.path() + " HTTP/1.1\r\nHost: " + it.host()
                                + "\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: GET"
                                + "\r\nAccess-Control-Request-Private-Network: true\r\n\r\n"));
        add(
                "a tunnel",
                Set.of(400, 404, 405, NOTHING),
                it -> it.visitor().send("CONNECT evil.example:443 HTTP/1.1\r\nHost: " + it.host() + "\r\n\r\n"));
    }

    /** All with the right query: only the path is wrong. */
    private void paths() {
        path("the root", it -> "/");
        path("a favicon", it -> "/favicon.ico");
        path("a favicon of Apple's", it -> "/apple-touch-icon.png");
        path("a robot", it -> "/robots.txt");
        path("the usual path", it -> "/callback");
        path("the usual path with something guessed", it -> "/callback/" + "A".repeat(22));
        path("the path and a slash", it -> it.path() + "/");
        path("the path with two slashes", it -> it.path().replace("/callback/", "/callback//"));
        path("the path in capitals", it -> it.path().toUpperCase(Locale.ROOT));
        path("the path encoded", it -> it.path().replace("callback", "%63allback"));
        path("the path with a parameter", it -> it.path() + ";a=b");
        path("the path by a detour", it -> "/a/.." + it.path());
        path("a result that is guessed", it -> "/result/" + "A".repeat(22));
        path("somebody's secrets", it -> "/.env");
        add(
                "another machine's name as the target",
                400,
                it -> it.visitor().get(it.host(), "http://evil.example" + it.path() + it.rightQuery()));
        add(
                "the whole address as the target",
                400,
                it -> it.visitor().get(it.host(), "http://" + it.host() + it.path() + it.rightQuery()));
        add(
                "a target that begins with two slashes",
                Set.of(400, 404),
                it -> it.visitor().get(it.host(), "//evil.example" + it.path() + it.rightQuery()));
        add(
                "a star as the target",
                Set.of(400, 404, 405, NOTHING),
                it -> it.visitor().send("OPTIONS * HTTP/1.1\r\nHost: " + it.host() + "\r\n\r\n"));
    }

    private void protocols() {
        bytes("a greeting in another language", Set.of(400, NOTHING), it -> "EHLO evil.example\r\n\r\n");
        bytes("zeros", Set.of(400, NOTHING), it -> "\0".repeat(64) + "\r\n\r\n");
        bytes("a request of 1991", Set.of(400, NOTHING), it -> "GET " + it.path() + "\r\n\r\n");
        bytes("the greeting of HTTP/2", Set.of(400, 404, 421, NOTHING), it -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        bytes(
                "a handshake of TLS",
                Set.of(400, NOTHING),
                it -> "\u0016\u0003\u0001\u0000\u00c8\u0001\u0000\u0000\u00c4\u0003\u0003\r\n\r\n");
        bytes(
                "two lengths",
                Set.of(400, 404),
                it -> head(it, "/x") + "Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello");
        bytes(
                "a length and chunks, with a request inside",
                Set.of(400, 404),
                it -> head(it, "/x") + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + head(it, it.path() + "?code=c&state=A") + "\r\n");
        bytes(
                "a second request behind the first",
                Set.of(404),
                it -> head(it, "/x") + "\r\n" + head(it, it.path() + it.rightQuery()) + "\r\n");
        bytes("a length that is none", Set.of(400, 404), it -> head(it, "/x") + "Content-Length: -1\r\n\r\n");
        bytes("a header without a name", Set.of(400, 404, NOTHING), it -> head(it, "/x") + ": x\r\n\r\n");
        bytes("a header in two lines", Set.of(400, 404), it -> head(it, "/x") + "A: b\r\n c\r\n\r\n");
        bytes("a thousand headers", Set.of(400, 404, NOTHING), it -> head(it, "/x") + lines(1000) + "\r\n");
        bytes("a path of 64 kB", Set.of(400, 404, NOTHING), it -> head(it, "/" + "a".repeat(65_536)) + "\r\n");
        bytes(
                "a header of 1 MB",
                Set.of(400, 404, NOTHING),
                it -> head(it, "/x") + "A: " + "a".repeat(1 << 20) + "\r\n\r\n");
        bytes(
                "a body of 1 MB",
                Set.of(404, NOTHING),
                it -> head(it, "/x") + "Content-Length: 1048576\r\n\r\n" + "a".repeat(1 << 20));
        bytes(
                "an answer with a wrong state and a body",
                Set.of(400),
                it -> head(it, it.path() + "?code=c&state=A") + "Content-Length: 5\r\n\r\nhello");
    }

    private void crowds() {
        add("a port scan: connected, and gone", NOTHING, it -> {
            IntStream.range(0, 100).forEach(i -> hangUp(it, ""));
            return new Visitor.Reply(NOTHING, "");
        });
        add("half a request, and gone", NOTHING, it -> {
            hangUp(it, "GET " + it.path());
            hangUp(it, head(it, it.path() + "?code=c&state=A"));
            return new Visitor.Reply(NOTHING, "");
        });
        add("six that say nothing", NOTHING, it -> staying(it, 6, ""));
        add("six that are slow", NOTHING, it -> staying(it, 6, "GET /callb"));
        add("six that never end their headers", NOTHING, it -> staying(it, 6, head(it, it.path()) + "A: b\r\n"));
        add(
                "six that announce a body of 1 GB",
                Set.of(404, NOTHING),
                it -> staying(it, 6, head(it, "/x") + "Content-Length: 1073741824\r\n\r\n"));
        add("a thousand guesses", 400, it -> {
            Visitor.Reply last = new Visitor.Reply(NOTHING, "");
            for (int i = 0; i < 1000; i++) {
                last = it.visitor().get(it.host(), it.path() + "?code=c&state=" + i);
            }
            return last;
        });
        add(
                "eight tabs with a wrong state at once",
                400,
                it -> IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(i -> it.visitor().get(it.host(), it.path() + "?code=c&state=" + i))
                        .reduce((one, other) -> other)
                        .orElseThrow());
    }

    private static void hangUp(Target it, String first) {
        try (Socket socket = it.visitor().connect()) {
            it.visitor().begin(socket, first);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections that stay; nobody closes them but the listener. */
    static Visitor.Reply staying(Target it, int count, String first) {
        for (int i = 0; i < count; i++) {
            Socket socket = it.visitor().connect();
            try {
                it.visitor().begin(socket, first);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Visitor.Reply(NOTHING, "");
    }

    private void query(String name, int status, Function<Target, String> query) {
        add(name, status, it -> it.visitor().get(it.host(), it.path() + query.apply(it)));
    }

    private void with(String name, int status, String query, Function<Target, String> header) {
        add(name, status, it -> it.visitor().get(it.host(), it.path() + query, header.apply(it)));
    }

    private void host(String name, Function<Target, String> lines) {
        add(
                name,
                421,
                it -> it.visitor()
                        .send("GET " + it.path() + it.rightQuery() + " HTTP/1.1\r\n" + lines.apply(it) + "\r\n"));
    }

    private void right(String name, String headers) {
        add(name, 403, it -> it.visitor().get(it.host(), it.path() + it.rightQuery(), headers));
    }

    private void method(String method, int status) {
        add(
                "the method " + method,
                status,
                it -> it.visitor()
                        .send(method + " " + it.path() + it.rightQuery() + " HTTP/1.1\r\nHost: " + it.host()
                                + "\r\n\r\n"));
    }

    private void path(String name, Function<Target, String> path) {
        add(name, 404, it -> it.visitor().get(it.host(), path.apply(it) + it.rightQuery()));
    }

    private void bytes(String name, Set<Integer> expected, Function<Target, String> bytes) {
        add(name, expected, it -> it.visitor().send(bytes.apply(it)));
    }

    void add(String name, int status, Function<Target, Visitor.Reply> attempt) {
        add(name, Set.of(status), attempt);
    }

    void add(String name, Set<Integer> expected, Function<Target, Visitor.Reply> attempt) {
        cases.add(new Case(group, name, expected, attempt));
    }

    private static String head(Target it, String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + it.host() + "\r\n";
    }

    static String cut(String text) {
        return text.substring(0, text.length() - 1);
    }

    private static String lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "A" + i + ": b\r\n").collect(Collectors.joining());
    }
}
