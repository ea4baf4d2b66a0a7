package io.github.evergrant.sandbox.server;

import io.github.evergrant.sandbox.token.Person;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page on which a person signs in and allows or denies. Its form posts {@code ticket}, {@code username},
 * {@code password} and {@code decision}, which is {@code allow} or {@code deny}.
 *
 * @param provider who asks for the password
 * @param people who can sign in, shown on the page
 * @param client who wants access
 * @param scopes what for
 * @param action where the form goes, a path
 * @param ticket the hidden value that ties the form to its request
 * @param redirectUri where the browser goes afterwards; must be a valid address
 */
public record SignInPage(
        String provider,
        List<Person> people,
        String client,
        List<String> scopes,
        String action,
        String ticket,
        String redirectUri) {

    /** The page, with what went wrong the last time, if anything. */
    public Reply reply(int status, @Nullable String problem) {
        String main = """
                <p><b>%s</b> asks for:</p>
                <ul>%s</ul>
                <p role="status">%s</p>
                <form method="post" action="%s">
                <input type="hidden" name="ticket" value="%s">
                <label for="username">Username</label>
                <input id="username" name="username" autocomplete="username" autofocus>
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="current-password">
                <button name="decision" value="allow">Sign in and allow</button>
                <button name="decision" value="deny">Deny</button>
                </form>
                <p>Known people: %s.</p>
                """.formatted(
                        Html.escape(client),
                        scopes.stream()
                                .map(scope -> "<li><code>" + Html.escape(scope) + "</code></li>")
                                .collect(Collectors.joining()),
                        problem == null ? "" : Html.escape(problem),
                        Html.escape(action),
                        Html.escape(ticket),
                        people.stream()
                                .map(person -> Html.escape(person.login() + " with " + person.password()))
                                .collect(Collectors.joining(", ")));
        return Html.page(status, "Sign in to " + provider, main, origin(redirectUri));
    }

    /** Browsers apply {@code form-action} to the redirect after the form too, so its origin has to be named. */
    private static String origin(String address) {
        URI uri = URI.create(address);
        // A source expression cannot hold an IPv6 address.
        boolean nameless = uri.getHost() == null || uri.getHost().startsWith("[");
        return nameless ? uri.getScheme() + ":" : uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** Who sent the form, if username and password belong together. */
    public static Optional<Person> person(Form form, List<Person> people) {
        String username = form.one("username");
        String password = form.one("password");
        if (username == null || password == null) {
            return Optional.empty();
        }
        return people.stream()
                .filter(person -> person.signsInWith(username, password))
                .findFirst();
    }

    /** The page for who cannot be sent back: neither client nor redirect address are known to be good. */
    public static Reply stopped(String why) {
        return Html.page(400, "This sign-in cannot begin", "<p role=\"status\">" + Html.escape(why) + "</p>", "");
    }

    /** The page for a ticket that is none any more. */
    public static Reply stale() {
        return Html.page(
                400,
                "This sign-in is finished",
                "<p role=\"status\">It was answered already, or it is too old. Nothing was changed.</p>",
                "");
    }

    /** Where the browser goes with the answer, whose parameters are names and values by turns. */
    public static String answer(String redirectUri, @Nullable String state, String... pairs) {
        StringBuilder uri = new StringBuilder(redirectUri);
        char separator = redirectUri.indexOf('?') < 0 ? '?' : '&';
        for (int i = 0; i < pairs.length; i += 2) {
            uri.append(separator).append(pairs[i]).append('=').append(encode(pairs[i + 1]));
            separator = '&';
        }
        return state == null
                ? uri.toString()
                : uri.append("&state=").append(encode(state)).toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
