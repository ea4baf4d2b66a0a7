package io.github.evergrant.login;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What others than its person send to a form that asks for a client. */
final class HostileForms {

    private final Hostility all;

    HostileForms(Hostility all) {
        this.all = all;
    }

    /** To the cases that there are. */
    void add() {
        form("a form without its token", 403, it -> it.stolenForm().replaceFirst("form=[^&]*&", ""));
        form("a form with an empty token", 403, it -> it.stolenForm().replaceFirst("form=[^&]*", "form="));
        form("a form with a token that is guessed", 403, it -> it.stolenForm().replace(it.token(), "A".repeat(43)));
        form(
                "a form with the token but for its last letter",
                403,
                it -> it.stolenForm().replace(it.token(), Hostility.cut(it.token()) + "*"));
        form("a form with two tokens", 403, it -> it.stolenForm() + "&form=" + it.token());
        form("a form with the state for a token", 403, it -> it.stolenForm().replace(it.token(), it.state()));
        form("a form that cannot be decoded", 403, it -> it.stolenForm() + "&x=%zz");
        form("an empty form", 403, it -> "");
        form("a form of separators", 403, it -> "&&=&=;&");
        form("a form with two clients", 403, it -> it.stolenForm() + "&client_id=other");
        form("a form of 17 kB", 413, it -> it.stolenForm() + "&x=" + "x".repeat(17_000));
        form("ten thousand fields", 413, it -> it.stolenForm() + "&a".repeat(10_000));
        sent("a form of another page, with our token", "Origin: https://evil.example");
        sent("a form of another port", "Origin: http://localhost:1");
        sent("a form of an address that begins as ours", it -> "Origin: http://" + it.host() + ".evil.example");
        sent("a form by another name of this machine", it -> "Origin: http://127.0.0.1:" + it.port());
        sent("a form over TLS", it -> "Origin: https://" + it.host());
        sent("a form with two origins", it -> "Origin: http://" + it.host() + "\r\nOrigin: https://evil.example");
        sent("a form of another site", "Origin: null\r\nSec-Fetch-Site: cross-site");
        sent("a form of another port of this machine", "Sec-Fetch-Site: same-site");
        sent("a form that nobody sent from a page", "Sec-Fetch-Site: none");
        sent("a form in a frame", "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe");
        sent("a form that a script sends", "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors");
        all.add(
                "a form for a rebound name",
                421,
                it -> it.visitor().post("evil.example:" + it.port(), it.entrance(), it.stolenForm()));
        all.add(
                "a form for another machine",
                400,
                it -> it.visitor().post(it.host(), "http://evil.example" + it.entrance(), it.stolenForm()));
        all.add(
                "a form to the place of the answer",
                405,
                it -> it.visitor().post(it.host(), it.path(), it.stolenForm()));
        all.add("a form to the root", 405, it -> it.visitor().post(it.host(), "/", it.stolenForm()));
        all.add(
                "a form to a place that is guessed",
                405,
                it -> it.visitor().post(it.host(), "/set-up/" + "A".repeat(22), it.stolenForm()));
        all.add("a place that is guessed", 404, it -> it.visitor().get(it.host(), "/set-up/" + "A".repeat(22)));
        all.add(
                "the place of the form without its end",
                404,
                it -> it.visitor().get(it.host(), Hostility.cut(it.entrance())));
        for (String type : List.of("text/plain", "application/json", "multipart/form-data; boundary=a")) {
            all.add(
                    "a form as " + type,
                    415,
                    it -> it.visitor()
                            .send(posting(it, it.stolenForm().length())
                                            .replace("application/x-www-form-urlencoded", type)
                                    + it.stolenForm()));
        }
        all.add(
                "a form that is put",
                405,
                it -> it.visitor()
                        .send(posting(it, it.stolenForm().length()).replace("POST", "PUT") + it.stolenForm()));
        all.add(
                "a form of 1 MB",
                Set.of(413, Hostility.NOTHING),
                it -> it.visitor().send(posting(it, 1 << 20) + "x".repeat(1 << 20)));
        all.add(
                "a form that is announced and not sent",
                Hostility.NOTHING,
                it -> Hostility.staying(it, 6, posting(it, 1000)));
    }

    private void form(String name, int status, Function<Hostility.Target, String> form) {
        all.add(name, status, it -> it.visitor().post(it.host(), it.entrance(), form.apply(it)));
    }

    /** All with the right token: where they are from must turn them away. */
    private void sent(String name, String headers) {
        sent(name, it -> headers);
    }

    private void sent(String name, Function<Hostility.Target, String> headers) {
        all.add(name, 403, it -> it.visitor().post(it.host(), it.entrance(), it.stolenForm(), headers.apply(it)));
    }

    private static String posting(Hostility.Target it, int length) {
        return "POST " + it.entrance() + " HTTP/1.1\r\nHost: " + it.host()
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
