package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.storage.file.JsonTokenStorage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Rewrites a store of format 1.0, so that it holds more than one session. */
@Command(
        name = "upgrade",
        description =
                "Rewrites a store of Globus format 1.0, which holds one session, in format 2.0, which holds any number."
                        + " Programs that use the first Globus storage classes cannot read it then.",
        footer = "  evergrant --store json1:tokens.json sessions upgrade")
final class UpgradeCommand implements CliCommand {

    @Override
    public int run(Invocation it) {
        JsonTokenStorage store = it.jsonStore()
                .orElseThrow(() -> CliProblem.usage(
                        "only a store in a JSON file has a format to upgrade, and this is " + it.store()));
        if (!store.exists()) {
            throw CliProblem.usage("there is no store " + store.path() + " yet; as json:" + store.path()
                    + " it gets format 2.0 from the start");
        }
        boolean upgraded = store.upgrade();
        it.voice().say("The store " + store.path() + (upgraded ? " has format 2.0 now." : " has format 2.0 already."));
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("storage", it.store());
            json.put("upgraded", upgraded);
            it.voice().json(json);
        }
        return Exits.DONE;
    }
}
