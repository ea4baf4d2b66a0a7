package io.github.evergrant.login.browser;

import io.github.evergrant.error.InvalidInput;
import java.util.Map;
import java.util.Optional;

/** What to do with an address that a person has to open. */
public sealed interface BrowserChoice {

    /** Open it with this. */
    record Open(SystemBrowser browser) implements BrowserChoice {}

    /** Show it: the person opens it, on this machine. */
    record Print() implements BrowserChoice {}

    /**
     * A browser that could come back to this machine cannot be had.
     *
     * @param why in words that fit behind "because"
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
        return of(environment, Desktop.ofThisMachine(environment));
    }

    /** @param command a command with its arguments, or {@code none} */
    static BrowserChoice named(String command) {
        return command.strip().equals(SystemBrowser.NONE) ? new Print() : new Open(SystemBrowser.command(command));
    }

    static BrowserChoice of(Map<String, String> environment, Desktop desktop) {
        Optional<String> obstacle = desktop.obstacle();
        String own = environment.getOrDefault("EVERGRANT_BROWSER", "").strip();
        if (!own.isEmpty() && !own.equals(SystemBrowser.NONE)) {
            return named(own);
        }
        if (obstacle.isPresent()) {
            return new Nowhere(obstacle.get());
        }
        String common = environment.getOrDefault("BROWSER", "").strip();
        if (own.equals(SystemBrowser.NONE) || common.equals(SystemBrowser.NONE)) {
            return new Print();
        }
        for (String command : desktop.listed(common)) {
            Optional<SystemBrowser> usable = SystemBrowser.ifUsable(command);
            if (usable.isPresent()) {
                return new Open(usable.get());
            }
        }
        return desktop.opener()
                .<BrowserChoice>map(words -> new Open(new SystemBrowser(words)))
                .orElseGet(() -> new Nowhere("no program is found that opens a browser"));
    }
}
