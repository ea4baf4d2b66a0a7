package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person at the authorize page. */
final class Browser {

    static final String AUTHORIZE = "/globus/auth/v2/oauth2/authorize";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");

    private final Caller caller;

    Browser(Caller caller) {
        this.caller = caller;
    }

    /** Opens the page, fills it in, and answers where the browser is sent. */
    URI decide(String authorizePath, String username, String password, String decision) {
        HttpResponse<String> page = caller.get(authorizePath);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return location(submit(page, username, password, decision));
    }

    /** Signs in as demo and allows; answers the code. */
    String code(String authorizePath) {
        return parameter(decide(authorizePath, "demo", "demo-password", "allow"), "code");
    }

    HttpResponse<String> submit(HttpResponse<String> page, String username, String password, String decision) {
        return caller.form(
                first(ACTION, page.body()),
                null,
                "ticket",
                first(TICKET, page.body()),
                "username",
                username,
                "password",
                password,
                "decision",
                decision);
    }

    static URI location(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(303);
        return URI.create(reply.headers().firstValue("Location").orElseThrow());
    }

    static String parameter(URI uri, String name) {
        return first(Pattern.compile("(?:^|&)" + name + "=([^&]*)"), uri.getQuery());
    }

    static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    /** A native client's authorize URL for openid and Groups, with refresh tokens. */
    static String nativePath(Sandbox sandbox, String... more) {
        return AUTHORIZE + "?"
                + Caller.query(
                        "client_id",
                        SandboxPeople.GLOBUS_PUBLIC_CLIENT.id(),
                        "redirect_uri",
                        codePage(sandbox),
                        "scope",
                        "openid email " + Caller.GROUPS_SCOPE,
                        "state",
                        "s <1>",
                        "response_type",
                        "code",
                        "access_type",
                        "offline")
                + (more.length == 0 ? "" : "&" + Caller.query(more));
    }

    static String nativePathWithPkce(Sandbox sandbox) {
        return nativePath(sandbox, "code_challenge", CHALLENGE, "code_challenge_method", "S256", "nonce", "n-1");
    }

    static String codePage(Sandbox sandbox) {
        return sandbox.base() + "/globus/auth/v2/web/auth-code";
    }
}
