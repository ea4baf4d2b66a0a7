package io.github.evergrant.cli;

/**
 * The threads in which HTTP clients of the JDK wait for their connections. Before Java 21 a client cannot be closed, and a JVM
 * that ends, however it is told to, waits a third of a second for such a thread: it is in native code.
 */
final class HttpThreads {

    private static final String SUFFIX = "-SelectorManager";

    private static final long PATIENCE_MILLIS = 50;

    private HttpThreads() {}

    /** Ends them all, for a program that is over. One that takes its time is left alone. */
    static void end() {
        Thread[] all = new Thread[2 * Thread.activeCount() + 8];
        int count = Thread.enumerate(all);
        for (int i = 0; i < count; i++) {
            if (all[i].getName().endsWith(SUFFIX)) {
                end(all[i]);
            }
        }
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
