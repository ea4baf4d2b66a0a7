package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Form;
import io.github.evergrant.sandbox.server.Html;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.server.SignInPage;
import io.github.evergrant.sandbox.token.AuthorizationCode;
import io.github.evergrant.sandbox.token.AuthorizationRequest;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.OneTime;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Pkce;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages on which a person allows a client, and the one that shows a code to be pasted. */
final class GlobusAuthorize {

    private final String path;
    private final GlobusClients clients;
    private final List<Person> people;
    private final OneTime<AuthorizationRequest> tickets;
    private final OneTime<AuthorizationCode> codes;
    private final GlobusConsents consents;
    private final GlobusSessions sessions;

    GlobusAuthorize(
            String path,
            GlobusClients clients,
            List<Person> people,
            OneTime<AuthorizationRequest> tickets,
            OneTime<AuthorizationCode> codes,
            GlobusConsents consents,
            GlobusSessions sessions) {
        this.path = path;
        this.clients = clients;
        this.people = people;
        this.tickets = tickets;
        this.codes = codes;
        this.consents = consents;
        this.sessions = sessions;
    }

    /** The page that asks. Until client and redirect address are known to be good, mistakes are shown here. */
    Reply page(Request request) {
        Form query = request.query();
        Optional<Client> client = clients.find(query.one("client_id"));
        if (client.isEmpty()) {
            return SignInPage.stopped("The client is not known here.");
        }
        String redirectUri = query.one("redirect_uri");
        if (redirectUri == null || !clients.mayRedirect(client.get(), redirectUri)) {
            return SignInPage.stopped("The redirect address is not one of this client's.");
        }
        try {
            AuthorizationRequest asked = checked(client.get(), redirectUri, query);
            return signIn(asked, tickets.put(asked)).reply(200, asked.further().get("session_message"));
        } catch (Mistake e) {
            return Reply.seeOther(SignInPage.answer(
                    redirectUri, query.one("state"), "error", e.error, "error_description", e.getMessage()));
        }
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
            return signIn(asked, ticket).reply(403, "That username and password do not belong together.");
        }
        String objection =
                allowed && person.isPresent() ? GlobusSessions.objection(asked.further(), person.get()) : null;
        if (objection != null) {
            return signIn(asked, ticket).reply(403, objection);
        }
        if (tickets.take(ticket).isEmpty()) {
            return SignInPage.stale();
        }
        String[] outcome = allowed && person.isPresent()
                ? new String[] {"code", allow(asked, person.get())}
                : new String[] {"error", "access_denied"};
        return Reply.seeOther(SignInPage.answer(asked.redirectUri(), asked.state(), outcome));
    }

    private String allow(AuthorizationRequest asked, Person person) {
        consents.allow(
                person, asked.client(), GlobusScopeTree.parse(asked.further().getOrDefault("scope", "")));
        sessions.signedIn(asked.further(), person, asked.client());
        return codes.put(new AuthorizationCode(asked, person));
    }

    /** The page a native client without a listener has as its redirect address. */
    Reply codePage(Request request) {
        String code = request.query().one("code");
        String main = code == null
                ? "<p role=\"status\">There is no code: " + Html.escape(shown(request.query())) + "</p>"
                : "<p>Copy this code and paste it where you were asked for it.</p><p><code id=\"code\">"
                        + Html.escape(code) + "</code></p>";
        return Html.page(200, code == null ? "Not signed in" : "Your code", main, "");
    }

    private AuthorizationRequest checked(Client client, String redirectUri, Form query) throws Mistake {
        if (!"code".equals(query.one("response_type"))) {
            throw new Mistake("unsupported_response_type", "response_type must be code");
        }
        String challenge = query.one("code_challenge");
        String method = query.one("code_challenge_method");
        if (challenge == null && (client.isPublic() || method != null)) {
            throw new Mistake("invalid_request", "code_challenge is missing");
        }
        if (challenge != null && (!"S256".equals(method) || !Pkce.isChallenge(challenge))) {
            throw new Mistake("invalid_request", "code_challenge must be made with S256");
        }
        String scope = query.one("scope");
        if (scope == null) {
            throw new Mistake("invalid_scope", "scope is missing");
        }
        Map<String, String> further;
        try {
            further = GlobusSessions.asked(query);
        } catch (Refusal e) {
            throw new Mistake("invalid_request", "session_required_mfa must be true or false");
        }
        further.put("scope", scope);
        try {
            return new AuthorizationRequest(
                    client,
                    redirectUri,
                    GlobusScopes.parse(scope),
                    "offline".equals(query.one("access_type")),
                    query.one("state"),
                    query.one("nonce"),
                    challenge,
                    further);
        } catch (Refusal e) {
            throw new Mistake("invalid_scope", "scope names something unknown");
        }
    }

    private SignInPage signIn(AuthorizationRequest asked, String ticket) {
        return new SignInPage(
                "Globus", people, asked.client().name(), asked.scopes(), path, ticket, asked.redirectUri());
    }

    private static String shown(Form query) {
        String description = query.one("error_description");
        String error = query.one("error");
        return description != null ? description : error != null ? error : "nothing was sent here.";
    }

    /** A mistake the client is told about through the browser. */
    private static final class Mistake extends Exception {
        private final String error;

        Mistake(String error, String description) {
            super(description, null, false, false);
            this.error = error;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
