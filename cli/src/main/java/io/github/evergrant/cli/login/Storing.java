package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;

/** Keeps a login that is whose it should be. Of one that is not kept, nothing stays alive at the provider. */
final class Storing {

    private final Invocation it;
    private final Wanted wanted;
    private final Method.Kind kind;
    private final Wire wire;

    Storing(Invocation it, Wanted wanted, Method.Kind kind, Wire wire) {
        this.it = it;
        this.wanted = wanted;
        this.kind = kind;
        this.wire = wire;
    }

    Kept keep(LoginResult granted) {
        try {
            LoginResult login = Identified.of(granted, kind, wanted.expectedUser(), wire);
            return new Kept(
                    it.door().keep(wanted.session(), login, wanted.replace()),
                    login.provider(),
                    login.response().oddities());
        } catch (RuntimeException e) {
            if (kind.isOurs() || isNewSession(granted)) {
                discard(granted);
            }
            throw e;
        }
    }

    /** Where a login by password begins a session of its own, which nobody else has. */
    private boolean isNewSession(LoginResult granted) {
        return kind == Method.Kind.PASSWORD && granted.provider().refresh().endsWithUse();
    }

    private void discard(LoginResult granted) {
        for (String why : it.door().discardUnlessKept(wanted.session(), granted)) {
            it.voice().warn("not_revoked", "the login was not kept, and not revoked: " + why);
        }
    }
}
