package io.github.evergrant.cli.login;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.agave.KeptClients;
import io.github.evergrant.cli.agave.TenantOptions;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.session.SessionFacts;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tenant is told by a server, and people log in by password, each with a client of their own. */
record AgaveWay(AgaveProvider agave) implements OwnWay {

    @Override
    public boolean logIn(Invocation it, LoginOptions options) {
        Method method = options.method();
        Method.Kind kind = method.decide(it, true);
        Person person = options.person();
        @Nullable String meant = options.tokenUsername();
        if (options.environment() != null && options.tenant().nameOne()) {
            throw CliProblem.usage("--environment and --tenant mean the same; give one of them");
        }
        AgaveFiles files = AgaveFiles.of(it);
        AgaveSessionName name = AgaveSessionName.of(it, files);
        ProviderData data = tenant(it, options, name);
        if (meant != null && kind != Method.Kind.PASSWORD) {
            throw CliProblem.usage("--token-username is for a login by password");
        }
        name.requireConsistent(data, Optional.ofNullable(meant).or(person::named));
        String otherwise = LoginOptions.meantName(it, agave, data);
        if (name.second().isPresent() || !name.inFiles()) {
            it.concerns(SessionNames.checked(otherwise));
        }
        Optional<SessionFacts> former =
                name.inFiles() && name.named().isEmpty() ? Optional.empty() : options.former(it, otherwise, data);
        KeptClients kept = new KeptClients(files);
        AgaveTalk talk = new AgaveTalk(
                it,
                data,
                name,
                former,
                options.client().ofAgave(kept, name.client().orElse(null)),
                kept,
                client -> LoginRequest.of(agave, data, client, options.scopes(former, client)));
        AgaveTalk.Granted granted = kind == Method.Kind.PASSWORD
                ? talk.byPassword(person, meant)
                : kind == Method.Kind.REFRESH_TOKEN ? talk.byRefreshToken(method, person) : talk.byReply(person);
        new AgaveStoring(it, files, name, kind, options)
                .keep(agave, granted, otherwise)
                .tell(it);
        return true;
    }

    private static ProviderData tenant(Invocation it, LoginOptions options, AgaveSessionName name) {
        TenantOptions tenant = options.tenant();
        String environment = options.environment();
        return tenant.choose(
                it,
                environment == null && !tenant.nameOne() ? name.tenant() : environment,
                it.namedSession().flatMap(named -> known(it, named)));
    }

    /** What is known of a session, if it is with Agave where a login would be. */
    private static Optional<SessionFacts> known(Invocation it, String name) {
        try {
            return it.look(name)
                    .facts()
                    .filter(facts -> facts.provider().equals("agave")
                            && Objects.equals(facts.base(), it.sandbox().orElse(null)));
        } catch (LoginRequired e) {
            return Optional.empty();
        }
    }
}
