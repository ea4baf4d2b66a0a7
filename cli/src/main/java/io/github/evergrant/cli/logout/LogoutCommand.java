package io.github.evergrant.cli.logout;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.spatiafi.SpatiaFiFiles;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.StorageFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Revokes what sessions have at their providers, then forgets them. */
@Command(
        name = "logout",
        description = "Revokes a session's tokens at the provider, then forgets them here. What is kept here goes in"
                + " every case.",
        footer = {
            "  evergrant logout -s tour",
            "  evergrant logout --all",
            "  evergrant logout -s tour --keep-at-provider"
        })
public final class LogoutCommand implements CliCommand {

    @Option(
            names = "--all",
            description =
                    "Every session of the store; those in the files of Agave's programs only with --store agave:.")
    private boolean all;

    @Option(names = "--keep-at-provider", description = "Only forget; the tokens stay alive at the provider.")
    private boolean keepAtProvider;

    @Override
    public int run(Invocation it) {
        if (all && it.namedSession().isPresent()) {
            throw CliProblem.usage("--all and -s exclude each other");
        }
        List<String> names = all ? ours(it) : List.of(it.sessionName());
        // Before the first is ended, so that a real one among a sandbox's stops us in time.
        it.refuseRealOnes(names);
        List<EvergrantException> troubles = new ArrayList<>();
        List<Map<String, @Nullable Object>> ended = new ArrayList<>();
        for (String name : names) {
            keepingOn(it, troubles, () -> ended.add(end(it, name)));
        }
        if (names.isEmpty()) {
            it.voice().say("There are no sessions.");
        }
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("sessions", ended);
            it.voice().json(json);
        }
        if (!troubles.isEmpty()) {
            troubles.subList(1, troubles.size()).forEach(other -> it.voice().warn(other, ""));
            throw troubles.get(0);
        }
        return Exits.DONE;
    }

    /** Without those that other programs keep beside ours. */
    private static List<String> ours(Invocation it) {
        List<String> every = it.door().sessions();
        List<String> ours = every.stream().filter(name -> !it.isBeside(name)).toList();
        if (ours.size() < every.size()) {
            it.voice()
                    .say("Sessions in the files of Agave's programs stay; to end them: evergrant --store agave: logout"
                            + " --all");
        }
        return ours;
    }

    /** One session that cannot be ended does not save the others. */
    private void keepingOn(Invocation it, List<EvergrantException> troubles, Runnable work) {
        try {
            work.run();
        } catch (StorageFailure | LoginRequired e) {
            if (!all) {
                throw e;
            }
            String name = e.session().orElse("");
            if (e.code().equals("adopted_gone")) {
                // It had a second name, by which it has just been ended.
                it.door().release(name);
                it.chosen().follow(name, null);
                return;
            }
            troubles.add(e);
        }
    }

    private Map<String, @Nullable Object> end(Invocation it, String name) {
        Optional<String> staying = SpatiaFiFiles.staying(it, name);
        List<String> alive = it.end(name, keepAtProvider);
        it.chosen().follow(name, null);
        for (String why : alive) {
            it.voice().warn("not_revoked", "session " + name + ": not revoked: " + why);
        }
        staying.ifPresent(it.voice()::say);
        it.voice().say("Session " + name + " is gone.");
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("session", name);
        json.put("not_revoked", alive);
        return json;
    }
}
