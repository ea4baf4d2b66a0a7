package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import picocli.CommandLine.Command;

/** The commands about sessions as things that are kept. */
@Command(
        name = "sessions",
        description =
                "Lists, shows, chooses, renames, deletes, copies, imports, exports and verifies sessions; upgrades a store.",
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            UseCommand.class,
            RenameCommand.class,
            DeleteCommand.class,
            CopyCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            VerifyCommand.class,
            UpgradeCommand.class
        },
        footer = {
            "  evergrant sessions list",
            "  evergrant sessions use tour",
            "  evergrant sessions show tour --reveal",
            "  evergrant sessions rename tour work",
            "  evergrant sessions copy tour --to sqlite:/srv/shared/sessions.db",
            "  evergrant sessions import --from globus-cli",
            "  evergrant sessions export -s tour -o tokens.json",
            "  evergrant sessions verify",
            "  evergrant --store json1:tokens.json sessions upgrade"
        })
public final class SessionsCommand implements CliCommand {

    @Override
    public int run(Invocation it) {
        throw CliProblem.usage(
                "say what to do: list, show, use, rename, delete, copy, import, export, verify or upgrade");
    }
}
