package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.login.Wire;
import java.net.URI;
import java.time.Instant;
import java.util.function.Consumer;

/** A login by a person: in the browser of this machine, or by a code that they paste. */
final class ByPerson {

    private final Invocation it;
    private final Method method;
    private final Wanted wanted;

    ByPerson(Invocation it, Method method, Wanted wanted) {
        this.it = it;
        this.method = method;
        this.wanted = wanted;
    }

    /**
     * Bothers the person once for all processes that need the same.
     *
     * @param began before anybody looked whether the login is needed
     */
    Kept together(Method.Kind kind, Instant began) {
        return new OneTab(it, wanted, began).run(address -> hold(kind, address));
    }

    /** Whatever other processes do: for whoever asked for just this. */
    Kept alone(Method.Kind kind) {
        return hold(kind, address -> {});
    }

    /** @param address is told what the person is to open */
    private Kept hold(Method.Kind kind, Consumer<URI> address) {
        Wire wire = it.door().wire();
        Storing storing = new Storing(it, wanted, kind, wire);
        if (kind == Method.Kind.BROWSER) {
            return new BrowserTalk(it, wanted.request(), method.browser(), address).hold(wire, storing::keep);
        }
        method.whyPasted(it).ifPresent(why -> it.voice().say("No browser is opened: " + why + "."));
        return storing.keep(
                new PasteTalk(it, wanted, address).hold(method.browser().redirect(), wire));
    }
}
