package io.github.evergrant.cli.globus;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusVariables;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.service.RetryPolicy;
import io.github.evergrant.providers.globus.service.ServiceClient;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import java.util.Optional;

/** A service of Globus with a session's token: where the session came from, whatever the environment says by now. */
public final class SessionService {

    private static final String PROVIDER = "globus";

    private SessionService() {}

    /**
     * {@code --timeout} counts for the whole request, with all its attempts. Without it, each attempt has the time that
     * {@code GLOBUS_SDK_HTTP_TIMEOUT} says, a minute if it says nothing.
     *
     * @throws InvalidInput {@code not_globus} when the session is with somebody else
     */
    public static ServiceClient of(Invocation it, Session session, GlobusService service) {
        Optional<SessionFacts> facts = session.facts();
        if (facts.filter(known -> !known.provider().equals(PROVIDER)).isPresent()) {
            throw new InvalidInput(Problem.of(
                            "not_globus",
                            "session '" + session.name() + "' is with "
                                    + facts.map(SessionFacts::provider).orElse("") + ", and " + service.title()
                                    + " is of Globus")
                    .withSession(session.name()));
        }
        ProviderData data = it.providers()
                .named(PROVIDER)
                .describe(
                        facts.map(SessionFacts::environment).orElse(null),
                        facts.map(SessionFacts::base).orElse(null));
        it.needs(service.scopes());
        ServiceClient client = ServiceClient.of(
                        data, service, it.door().http(), session.authorizer(service.resourceServer()))
                .with(new CommandPace(it))
                .with(RetryPolicy.usual().within(it.timeout().orElse(null)));
        return new GlobusVariables(it.outside().environment())
                .httpTimeout()
                .map(client::withDeadline)
                .orElseGet(client::withoutDeadline);
    }
}
