package io.github.evergrant.cli.demo;

import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person does on the sandbox's page: signs in as {@code demo}, allows, and copies the last page's address. */
final class SigningIn {

    private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");

    private SigningIn() {}

    static String allow(URI authorizationUrl, Desk desk) {
        String page = desk.send(HttpCall.get(authorizationUrl)).text();
        String form = "ticket=" + URLEncoder.encode(first(TICKET, page), StandardCharsets.UTF_8)
                + "&username=demo&password=demo-password&decision=allow";
        HttpReply sent = desk.send(HttpCall.postForm(authorizationUrl.resolve(first(ACTION, page)), form));
        return sent.header("Location")
                .orElseThrow(() -> new LoginFailed(Problem.of("page_unknown", "the page did not send us on")));
    }

    private static String first(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        if (!matcher.find()) {
            throw new LoginFailed(Problem.of("page_unknown", "the page is no page to sign in on"));
        }
        return matcher.group(1);
    }
}
