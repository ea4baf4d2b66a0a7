package io.github.evergrant.cli.exec;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Passes signals on to a child instead of ending us, until it is closed.
 *
 * <p>Java knows no signals but through {@code sun.misc.Signal}, which is reached by its name so that nothing depends on
 * it; where it is missing, signals do what they always do.
 */
final class Signals implements AutoCloseable {

    private static final List<String> PASSED_ON = List.of("TERM", "INT", "HUP");

    private final boolean atTerminal;
    private final CompletableFuture<Process> child = new CompletableFuture<>();
    private final Map<String, Object> before = new LinkedHashMap<>();

    private Signals(boolean atTerminal) {
        this.atTerminal = atTerminal;
    }

    /** @param atTerminal whether an interrupt comes from a terminal, which tells the child itself */
    static Signals caught(boolean atTerminal) {
        Signals signals = new Signals(atTerminal);
        for (String name : PASSED_ON) {
            Object former = handle(name, signals.handler(name));
            if (former != null) {
                signals.before.put(name, former);
            }
        }
        return signals;
    }

    /** What came before there was a child reaches it too. */
    void passOnTo(Process process) {
        child.complete(process);
    }

    @Override
    public void close() {
        before.forEach(Signals::handle);
    }

    private void arrived(String name) {
        if (name.equals("INT") && atTerminal) {
            return;
        }
        var unused = child.thenAccept(process -> send(name, process));
    }

    private static void send(String name, Process process) {
        if (name.equals("TERM")) {
            process.destroy();
            return;
        }
        try {
            // Built into every shell; the program of that name is not everywhere.
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(process.pid())).start();
        } catch (IOException e) {
            process.destroy();
        }
    }

    private Object handler(String name) {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            return Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
                        if (method.getName().equals("handle")) {
                            arrived(name);
                            return null;
                        }
                        // Nobody compares or hashes handlers; it is there to be complete.
                        return method.getDeclaringClass() == Object.class ? method.invoke(this, given) : null;
                    });
        } catch (ClassNotFoundException e) {
            return this;
        }
    }

    /** @return what handled it before; null when it cannot be handled here */
    private static @Nullable Object handle(String name, Object handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
            return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (InvocationTargetException e) {
            // No such signal on this system, or it belongs to the virtual machine.
            return null;
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return null;
        }
    }
}
