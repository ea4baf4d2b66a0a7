package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.testing.CapturedMessage;
import io.github.evergrant.providers.testing.RecordingSender;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.token.Secret;
import java.time.Instant;

/** A network on which there is nobody but tastytrade, and sessions there. */
final class Recorder extends RecordingSender<Recorder> {

    final TastytradeProvider tastytrade = new TastytradeProvider();
    final ProviderData oauth = tastytrade.describe(null, null);
    final ProviderData password = tastytrade.describePassword(null, null);

    Recorder() {
        super(Instant.parse("2026-11-21T21:30:00Z"));
    }

    @Override
    protected Recorder self() {
        return this;
    }

    /** What the mock server of the captures answered. */
    Recorder captured(String... names) {
        for (String name : names) {
            CapturedMessage reply = Captured.reply(name).message();
            reply(reply.status(), reply.body(), reply.headers());
        }
        return this;
    }

    /** Whether what was sent from a place on is what the Python library sent. */
    void sentAsIn(int from, String... names) {
        for (int i = 0; i < names.length; i++) {
            Captured.request(names[i]).isSentBy(sent.get(from + i));
        }
    }

    TastytradeSession session(Evergrant door, LoginResult login) {
        return TastytradeSession.of(door.keep("tt", login, true), this, this);
    }

    /** An OAuth session with the secrets of the captures. */
    TastytradeSession oauthSession(Evergrant door) {
        return session(
                door, TastytradeLogin.oauth(oauth, Secret.of("CLIENT-SECRET"), Secret.of("REFRESH-TOKEN"), wire()));
    }

    /** A session by password, with the token of the captures and, if it is wanted, the remember token. */
    TastytradeSession passwordSession(Evergrant door, boolean remembered) {
        captured(remembered ? "login-remember-me-01" : "login-password-01");
        return session(
                door, TastytradeLogin.password(password, PasswordOrder.of("janedoe", Secret.of("pw")), null, wire()));
    }
}
