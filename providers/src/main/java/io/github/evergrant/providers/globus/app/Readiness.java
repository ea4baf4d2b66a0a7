package io.github.evergrant.providers.globus.app;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.providers.globus.auth.AuthorizationParameters;
import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that an app's session has what the app requires: looks, has one login made if something is missing, and looks
 * again. Safe for many threads: one of them has the login made.
 */
final class Readiness {

    private final String name;
    private final AppSession session;
    private final Logins logins;
    private final Supplier<Requirements> required;
    private final Consumer<LoginRequired> remedy;
    private final Desk desk = new Desk();

    /** @param remedy has a person log in */
    Readiness(
            String name,
            AppSession session,
            Logins logins,
            Supplier<Requirements> required,
            Consumer<LoginRequired> remedy) {
        this.name = name;
        this.session = session;
        this.logins = logins;
        this.required = required;
        this.remedy = remedy;
    }

    Requirements required() {
        return required.get();
    }

    @Nullable
    Session openSession() {
        return session.open();
    }

    /** To be asked for before a token is: a login that ends after it counts for whatever was found missing. */
    Desk.@Nullable Visit lastLogin() {
        return desk.last();
    }

    boolean loginRequired() {
        for (Map.Entry<String, List<GlobusScope>> each :
                required().byResourceServer().entrySet()) {
            try {
                session.meeting(each.getKey(), each.getValue());
                if (session.isDead(each.getKey())) {
                    return true;
                }
            } catch (LoginRequired e) {
                return true;
            }
        }
        return false;
    }

    /** Logs in if that is needed. @return whether this thread did */
    boolean logInIfRequired() {
        Desk.Visit seen = desk.last();
        if (!loginRequired()) {
            return false;
        }
        boolean[] made = new boolean[1];
        boolean done = false;
        while (!done) {
            List<GlobusScope> all = required().with(List.of());
            done = desk.visitOrShare(all, seen, () -> {
                if (loginRequired()) {
                    logins.run(all, AuthorizationParameters.NONE);
                    made[0] = true;
                }
            });
        }
        return made[0];
    }

    /** Logs in, whatever there is. */
    void logIn(AuthorizationParameters parameters) {
        List<GlobusScope> all = required().with(parameters.scopes());
        desk.visit(all, () -> logins.run(all, parameters));
    }

    /**
     * A session with a good token of a resource server that has what is required, logged in to once if that has to be.
     *
     * @param seen the last login when the caller began: one since then is that once
     * @throws LoginRequired when something is missing even so
     */
    Session meeting(String resourceServer, Desk.@Nullable Visit seen) {
        boolean cured = false;
        while (true) {
            List<GlobusScope> scopes = required().of(resourceServer);
            if (scopes.isEmpty() && !logins.isOfPerson()) {
                throw new InvalidInput(Problem.of("no_scopes", "no scope of " + resourceServer + " is required")
                        .withAdvice("require one first")
                        .withSession(name));
            }
            try {
                return session.meeting(resourceServer, scopes);
            } catch (LoginRequired e) {
                if (cured) {
                    throw e;
                }
                cured = cure(e, resourceServer, seen, () -> isMissing(resourceServer, scopes));
            }
        }
    }

    /**
     * Does what there is to do about a login that is needed.
     *
     * @param seen the last login when it was looked whether one is needed
     * @param stillNeeded asked when it is this thread's turn
     * @return false when somebody else logged in meanwhile, but not for all of this
     */
    boolean cure(LoginRequired why, String resourceServer, Desk.@Nullable Visit seen, BooleanSupplier stillNeeded) {
        if (Logins.NOT_CURABLE.contains(why.code()) || desk.isMine()) {
            throw why;
        }
        Requirements now = required();
        List<GlobusScope> asked = logins.isOfPerson() ? now.with(List.of()) : now.of(resourceServer);
        return desk.visitOrShare(asked, seen, () -> {
            if (!stillNeeded.getAsBoolean()) {
                return;
            }
            if (logins.isOfPerson()) {
                remedy.accept(why);
            } else {
                logins.run(asked, AuthorizationParameters.NONE);
            }
        });
    }

    /** Logs in until the token is another one, whoever has seen to that. */
    void logInAs(AuthorizationParameters wanted, @Nullable String instead, Authorizer authorizer) {
        Desk.Visit seen = desk.last();
        boolean done = false;
        while (!done && Objects.equals(instead, authorizer.header())) {
            List<GlobusScope> all = required().with(wanted.scopes());
            done = desk.visitOrShare(all, seen, () -> {
                if (Objects.equals(instead, authorizer.header())) {
                    logins.run(all, wanted);
                }
            });
        }
    }

    private boolean isMissing(String resourceServer, List<GlobusScope> scopes) {
        try {
            session.meeting(resourceServer, scopes);
            return false;
        } catch (LoginRequired e) {
            return true;
        }
    }
}
