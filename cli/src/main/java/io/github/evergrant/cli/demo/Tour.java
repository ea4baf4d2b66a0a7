package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A walk through systems, one after the other, up to the first promise that was not kept. */
final class Tour {

    private final Invocation it;
    private final int processes;
    private final @Nullable String fault;
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param processes how many come at once
     * @param fault rules for the sandbox as JSON, or null
     */
    Tour(Invocation it, int processes, @Nullable String fault) {
        this.it = it;
        this.processes = processes;
        this.fault = fault;
    }

    /** Ends the tour. */
    private static final class Broken extends RuntimeException {

        Broken() {
            super("a promise was not kept", null, false, false);
        }
    }

    /** @return what was seen; only of the last row the promise may be broken */
    List<Row> of(List<Toured> systems, SandboxSettings settings) {
        try (Sandbox sandbox = Sandbox.start(settings);
                Workshop workshop = new Workshop(it.outside(), sandbox.base())) {
            Guide.Setting setting = new Guide.Setting(it, workshop, sandbox.base(), processes, fault == null);
            for (Toured system : systems) {
                if (!walk(system, setting)) {
                    break;
                }
            }
        }
        return List.copyOf(rows);
    }

    /** @return whether to go on */
    private boolean walk(Toured system, Guide.Setting setting) {
        String doing = "the sandbox";
        try (Guide guide = new Guide(setting, system, this::note)) {
            if (fault != null) {
                guide.desk().faults(fault);
            }
            for (Toured.Step step : system.steps().apply(guide)) {
                doing = step.doing();
                say(system.title() + ": " + doing);
                step.show().run();
            }
            return true;
        } catch (Broken e) {
            say("ended: a promise was not kept");
        } catch (EvergrantException e) {
            rows.add(new Row(system, doing, "done", e.code() + ": " + e.getMessage()));
        }
        return false;
    }

    private void note(Row row) {
        rows.add(row);
        if (!row.kept()) {
            throw new Broken();
        }
    }

    private void say(String what) {
        if (it.outside().terminal().showsErrors()) {
            it.voice().say("evergrant: " + what + " ...");
        }
    }
}
