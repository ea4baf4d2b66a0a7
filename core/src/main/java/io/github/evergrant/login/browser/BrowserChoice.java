package io.github.evergrant.login.browser;

import io.github.evergrant.error.InvalidInput;
import java.util.Map;

/** What to do with an address that a person has to open. */
public sealed interface BrowserChoice {

    /** Open it with this. */
    record Open(SystemBrowser browser) implements BrowserChoice {}

    /** Show it: the person opens it, on this machine. */
    record Print() implements BrowserChoice {}

    /**
     * A browser that could come back to this machine cannot be had.
     *
     * @param why in words that fit behind a colon
     */
    record Nowhere(String why) implements BrowserChoice {}

    /**
     * By {@code EVERGRANT_BROWSER}, which is believed wherever it is set; else, where somebody sits at this machine, by
     * {@code BROWSER}, which is a list with colons; else what the operating system has. {@code none} only shows the address.
     *
     * @param environment the environment variables of this process
     * @throws InvalidInput {@code browser_unusable} when {@code EVERGRANT_BROWSER} names no command
     */
    static BrowserChoice of(Map<String, String> environment) {
        return Desktop.ofThisMachine(environment).choice();
    }

    /** @param command a command with its arguments, or {@code none} */
    static BrowserChoice named(String command) {
        return command.strip().equals(SystemBrowser.NONE) ? new Print() : new Open(SystemBrowser.command(command));
    }
}
