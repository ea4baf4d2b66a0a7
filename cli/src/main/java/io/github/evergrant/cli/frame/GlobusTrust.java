package io.github.evergrant.cli.frame;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.providers.globus.GlobusVariables;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends to services of Globus with the certificates that {@code GLOBUS_SDK_VERIFY_SSL} says, and to all others as usual: the
 * variable is Globus', and one command may talk to several providers. Safe for many threads.
 */
final class GlobusTrust implements HttpSender {

    private final GlobusVariables variables;
    private final HttpSender others;
    private final HttpSender globus;
    private final @Nullable InvalidInput fault;

    private GlobusTrust(GlobusVariables variables, HttpSender others, HttpSender globus, @Nullable InvalidInput fault) {
        this.variables = variables;
        this.others = others;
        this.globus = globus;
        this.fault = fault;
    }

    /** What the variable says is judged when something is sent to Globus: nobody else needs it to make sense. */
    static GlobusTrust of(GlobusVariables variables, HttpSettings usual, InstantSource clock) {
        HttpSender others = new JdkHttpSender(usual, clock);
        try {
            return new GlobusTrust(variables, others, new JdkHttpSender(variables.trust(usual), clock), null);
        } catch (InvalidInput e) {
            return new GlobusTrust(variables, others, others, e);
        }
    }

    @Override
    public HttpReply send(HttpCall call, Duration deadline, long maxBytes) throws HttpFailure {
        if (!variables.areAbout(call.uri())) {
            return others.send(call, deadline, maxBytes);
        }
        if (fault != null) {
            throw fault;
        }
        return globus.send(call, deadline, maxBytes);
    }

    @Override
    public void close() {
        others.close();
        globus.close();
    }
}
