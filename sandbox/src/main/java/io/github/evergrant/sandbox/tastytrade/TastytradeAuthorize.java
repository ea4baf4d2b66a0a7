package io.github.evergrant.sandbox.tastytrade;

import io.github.evergrant.sandbox.server.Form;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.server.SignInPage;
import io.github.evergrant.sandbox.token.AuthorizationCode;
import io.github.evergrant.sandbox.token.AuthorizationRequest;
import io.github.evergrant.sandbox.token.OneTime;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Pkce;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The page on which a person allows an application. Every loopback address counts as registered. */
final class TastytradeAuthorize {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final List<Person> people;
    private final OneTime<AuthorizationRequest> tickets;
    private final OneTime<AuthorizationCode> codes;

    TastytradeAuthorize(List<Person> people, OneTime<AuthorizationRequest> tickets, OneTime<AuthorizationCode> codes) {
        this.people = List.copyOf(people);
        this.tickets = tickets;
        this.codes = codes;
    }

    /** The page that asks. Until client and redirect address are known to be good, mistakes are shown here. */
    Reply page(Request request, TastytradeEnvironment environment) {
        Form query = request.query();
        if (!environment.client().id().equals(query.one("client_id"))) {
            return SignInPage.stopped("The application is not known here.");
        }
        String redirectUri = query.one("redirect_uri");
        if (redirectUri == null || !isRegistered(redirectUri)) {
            return SignInPage.stopped("The redirect address is not one of this application's.");
        }
        String state = query.one("state");
        String scope = query.one("scope");
        List<String> scopes = scope == null ? TastytradeTokens.SCOPES : Arrays.asList(scope.split(" ", -1));
        String challenge = query.one("code_challenge");
        String error = "code".equals(query.one("response_type"))
                ? TastytradeTokens.SCOPES.containsAll(scopes) ? null : "invalid_scope"
                : "unsupported_response_type";
        if (error == null && !isSound(challenge, query.one("code_challenge_method"))) {
            error = "invalid_request";
        }
        if (error != null) {
            return Reply.seeOther(SignInPage.answer(redirectUri, state, "error", error));
        }
        AuthorizationRequest asked = new AuthorizationRequest(
                environment.client(), redirectUri, scopes, true, state, query.one("nonce"), challenge, Map.of());
        return signIn(asked, tickets.put(asked), request).reply(200, null);
    }

    /** What the person decided. */
    Reply decide(Request request) {
        Form form = request.form();
        String ticket = form.need("ticket");
        Optional<AuthorizationRequest> waiting = tickets.peek(ticket);
        if (waiting.isEmpty()) {
            return SignInPage.stale();
        }
        AuthorizationRequest asked = waiting.get();
        boolean allowed = "allow".equals(form.need("decision"));
        Optional<Person> person = SignInPage.person(form, people);
        if (allowed && person.isEmpty()) {
            return signIn(asked, ticket, request).reply(403, "That username and password do not belong together.");
        }
        if (tickets.take(ticket).isEmpty()) {
            return SignInPage.stale();
        }
        String[] outcome = allowed && person.isPresent()
                ? new String[] {"code", codes.put(new AuthorizationCode(asked, person.get()))}
                : new String[] {"error", "access_denied", "error_description", "The person said no"};
        return Reply.seeOther(SignInPage.answer(asked.redirectUri(), asked.state(), outcome));
    }

    private SignInPage signIn(AuthorizationRequest asked, String ticket, Request request) {
        return new SignInPage(
                "tastytrade",
                people,
                asked.client().name(),
                asked.scopes(),
                request.path(),
                ticket,
                asked.redirectUri());
    }

    private static boolean isSound(@Nullable String challenge, @Nullable String method) {
        return challenge == null ? method == null : "S256".equals(method) && Pkce.isChallenge(challenge);
    }

    private static boolean isRegistered(String address) {
        try {
            URI uri = new URI(address);
            return "http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && LOOPBACK.contains(uri.getHost())
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
