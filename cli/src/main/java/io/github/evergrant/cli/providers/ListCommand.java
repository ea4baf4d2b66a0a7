package io.github.evergrant.cli.providers;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.provider.Provider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists the providers; the first of the environments is the default. */
@Command(name = "list", description = "Lists the providers; the first of the environments is the default.")
final class ListCommand implements CliCommand {

    @Override
    public int run(Invocation it) {
        Table table = new Table("PROVIDER", "NAME", "ENVIRONMENTS");
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Provider provider : it.providers().all()) {
            table.row(provider.id(), provider.title(), String.join(", ", provider.environments()));
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("provider", provider.id());
            object.put("name", provider.title());
            object.put("environments", provider.environments());
            objects.add(object);
        }
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("providers", objects);
            it.voice().json(json);
        } else {
            it.voice().print(table.lines());
        }
        return Exits.DONE;
    }
}
