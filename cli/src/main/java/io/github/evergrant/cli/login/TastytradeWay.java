package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import java.util.Optional;

/** By a grant that is there, or by password; where somebody has to sign in by OAuth, it is as with any provider. */
record TastytradeWay(TastytradeProvider tastytrade) implements OwnWay {

    @Override
    public boolean logIn(Invocation it, LoginOptions options) {
        TastytradeOptions ours = options.tastytrade();
        Given given = options.given();
        ours.requireSound(options.person());
        if (options.method().bringsTokens()) {
            given.requireForTokens();
        }
        if (ours.byPassword(options.person())) {
            given.requireForPassword();
        }
        Method.Kind kind = options.method().decide(it, false);
        if (kind == Method.Kind.CLIENT_CREDENTIALS) {
            throw CliProblem.usage("an application of tastytrade's logs in by the grant of a person, not for itself");
        }
        ProviderData data = options.describe(it, tastytrade);
        String name = options.name(it, tastytrade, data);
        Optional<Kept> kept = new TastytradeTalk(it, tastytrade, data, name, options)
                .hold(kind, ours.byOAuth() || given.meansOAuth());
        kept.ifPresent(done -> done.tell(it));
        return kept.isPresent();
    }
}
