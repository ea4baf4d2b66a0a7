package io.github.evergrant.sandbox.server;

import io.github.evergrant.sandbox.token.Person;
import java.net.URI;
import java.util.List;
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
}
