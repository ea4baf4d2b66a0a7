package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.spatiafi.SpatiaFiFiles;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.session.SessionFacts;
import java.util.Optional;

/** App credentials log in, which a person may have to create first; tokens that somebody brings are as anywhere. */
record SpatiaFiWay(SpatiaFiProvider spatiafi) implements OwnWay {

    @Override
    public boolean logIn(Invocation it, LoginOptions options) {
        ProviderData data = options.describe(it, spatiafi);
        Method method = options.method();
        if (method.possible(method.decide(it, false), data) != Method.Kind.CLIENT_CREDENTIALS) {
            if (options.person().isGiven()) {
                throw CliProblem.usage(
                        "username and password are for creating app credentials of SpatiaFi, not for this"
                                + " way to log in");
            }
            return false;
        }
        String name = options.name(it, spatiafi, data);
        Optional<SessionFacts> former = options.former(it, name, data);
        SpatiaFiFiles files = SpatiaFiFiles.of(it, data);
        new SpatiaFiTalk(it, spatiafi, data, files, options.client().ofSpatiaFi(files), former).logIn(options, name);
        return true;
    }
}
