package io.github.evergrant.cli.demo;

import java.util.List;
import java.util.Map;

/** How a session starts, in a child process. */
sealed interface Start {

    /** What it is called. */
    String session();

    /** The words of the command. */
    List<String> login();

    /** By what, for whoever reads the row. */
    String by();

    /**
     * From a token reply, which the command reads.
     *
     * @param order what the sandbox is to grant
     */
    record Reply(String session, Map<String, Object> order, List<String> login) implements Start {

        @Override
        public String by() {
            return "a token reply";
        }
    }

    /**
     * With the provider itself.
     *
     * @param by what is shown to it
     * @param input what the command reads of that
     */
    record Shown(String session, String by, String input, List<String> login) implements Start {}
}
