package io.github.evergrant.login;

import com.nimbusds.oauth2.sdk.id.State;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.loopback.Entrance;
import io.github.evergrant.login.loopback.Page;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.provider.SetUp;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The page on which a person names a client of their own, and the grants that were begun with what they named.
 *
 * <p>Whoever mistyped goes back and sends the form again: each time begins a grant with a state of its own, and the first
 * that is answered wins. Safe for many threads.
 */
final class ClientForm implements Inquiry, Entrance {

    private static final String TOKEN = "form";
    private static final String ID = "client_id";
    private static final String SECRET = "client_secret";

    private static final int RANDOM_BYTES = 32;
    private static final int MOST_CHARACTERS = 2048;

    /** The oldest of more are forgotten. */
    private static final int MOST_GRANTS = 16;

    private final LoginRequest request;
    private final SetUp setUp;
    private final URI redirect;
    private final URI page;
    private final Wire wire;
    private final URI leadsTo;
    private final Secret token = Secret.of(new State(RANDOM_BYTES).getValue());
    private final List<CodeFlow> begun = new CopyOnWriteArrayList<>();

    /**
     * @param request for which a client is yet to be named
     * @param page where the form is
     */
    ClientForm(LoginRequest request, URI redirect, URI page, Wire wire) {
        this.request = request;
        this.setUp = Objects.requireNonNull(request.setUp(), "setUp");
        this.redirect = redirect;
        this.page = page;
        this.wire = wire;
        this.leadsTo = CodeFlow.endpoint(request.provider());
    }

    @Override
    public URI page() {
        return page;
    }

    @Override
    public boolean isAnswer(String query) {
        return begun.stream().anyMatch(flow -> flow.isAnswer(query));
    }

    @Override
    public LoginResult redeem(RedirectAnswer answer) {
        return begun.stream()
                .filter(flow -> flow.isOurs(answer))
                .findFirst()
                .orElseThrow(Inquiry::foreign)
                .redeem(answer);
    }

    @Override
    public Page form() {
        return form("");
    }

    private Page form(String problem) {
        List<Page.Hint> hints = setUp.steps().stream().map(ClientForm::hint).toList();
        return new Page.Form(
                "Set up " + request.provider().title(),
                hints,
                new Page.Fixed("Redirect URI to register", redirect.toString()),
                List.of(new Page.Field(ID, "Client ID", false), new Page.Field(SECRET, "Client secret", true)),
                "Connect",
                new Page.Hidden(TOKEN, token),
                leadsTo,
                problem);
    }

    private static Page.Hint hint(SetUp.Step step) {
        SetUp.Link link = step.link();
        return new Page.Hint(
                step.before(), link == null ? "" : link.words(), link == null ? null : link.address(), step.after());
    }

    @Override
    public Outcome submitted(String encoded) {
        Map<String, String> fields;
        try {
            fields = Parameters.of(encoded);
        } catch (IllegalArgumentException e) {
            return new Outcome.Foreign();
        }
        if (!token.equals(Secret.of(fields.getOrDefault(TOKEN, "none")))) {
            return new Outcome.Foreign();
        }
        String id = fields.getOrDefault(ID, "").strip();
        String secret = fields.getOrDefault(SECRET, "").strip();
        String problem = problem(id, secret);
        return problem == null ? begin(id, secret) : new Outcome.Again(form(problem));
    }

    private Outcome begin(String id, String secret) {
        CodeFlow flow = new CodeFlow(request.by(id, Secret.of(secret)), redirect, wire);
        begun.add(flow);
        while (begun.size() > MOST_GRANTS) {
            begun.remove(0);
        }
        return new Outcome.Onward(flow.page());
    }

    private static @Nullable String problem(String id, String secret) {
        if (id.isEmpty() || secret.isEmpty()) {
            return id.isEmpty() && secret.isEmpty()
                    ? "Client ID and client secret are missing."
                    : id.isEmpty() ? "The client ID is missing." : "The client secret is missing.";
        }
        if (!isSound(id)) {
            return "That is no client ID.";
        }
        return isSound(secret) ? null : "That is no client secret.";
    }

    private static boolean isSound(String text) {
        return text.length() <= MOST_CHARACTERS && text.codePoints().allMatch(c -> c == ' ' || Cleaned.isVisible(c));
    }

    static InvalidInput unnamed(LoginRequest request) {
        return new InvalidInput(Problem.of(
                        "client_id_needed",
                        "a login with " + request.provider().title() + " needs a client id and a client secret")
                .withAdvice("register a client at " + request.provider().registrationPage()));
    }
}
