package io.github.evergrant.cli.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A system that the tour goes through.
 *
 * @param id as the command line, the sandbox and the rows name it
 * @param title as people know it
 * @param store the address of its sessions, below the tour's own folder
 * @param steps what is shown of it, in order
 */
record Toured(String id, String title, Function<Path, String> store, Function<Guide, List<Step>> steps) {

    /**
     * A part of the tour.
     *
     * @param doing what is done, for whoever waits
     * @param show does it, and hands its rows to the guide
     */
    record Step(String doing, Runnable show) {}
}
