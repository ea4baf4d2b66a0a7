package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import java.net.URI;

/** How a person is shown an address: on a line of its own, so that it can be opened by a click or copied whole. */
final class AddressLine {

    private AddressLine() {}

    /** To the terminal, wherever standard error goes and however quiet we are to be: a person must see it. */
    static void show(Invocation it, String words, URI address) {
        String text = words + "\n\n" + address + "\n\n";
        if (it.outside().terminal().isThere()) {
            it.outside().terminal().write(text);
        } else {
            it.outside().err().print(text);
            it.outside().err().flush();
        }
    }
}
