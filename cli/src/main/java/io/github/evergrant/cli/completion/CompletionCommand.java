package io.github.evergrant.cli.completion;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Globals;
import io.github.evergrant.cli.frame.Invocation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** Prints a completion script, made of the commands themselves. */
@Command(
        name = "completion",
        description = "Prints a script by which a shell completes commands and options.",
        footer = {
            "  source <(evergrant completion bash)                   this shell only",
            "  evergrant completion bash > ~/.local/share/bash-completion/completions/evergrant",
            "  source <(evergrant completion zsh)                    in ~/.zshrc"
        })
public final class CompletionCommand implements CliCommand {

    private static final String PROGRAM = "evergrant";

    /** The shells there are. Their script is the same: it sees by itself that zsh reads it, and turns to its ways. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return this == BASH ? "bash" : "zsh";
        }
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    @SuppressWarnings("unused") // only checked, by the parser
    private Shell shell = Shell.BASH;

    private final Supplier<List<CliCommand>> commands;

    /** @param commands makes all commands there are */
    public CompletionCommand(Supplier<List<CliCommand>> commands) {
        this.commands = commands;
    }

    @Override
    public int run(Invocation it) {
        CommandSpec root = CommandSpec.create().name(PROGRAM);
        for (CliCommand command : commands.get()) {
            CommandSpec spec = CommandSpec.forAnnotatedObject(command);
            root.addSubcommand(spec.name(), spec);
        }
        addGlobals(root);
        it.outside().out().print(AutoComplete.bash(PROGRAM, new CommandLine(root)));
        it.outside().out().flush();
        return Exits.DONE;
    }

    /** The global options are hidden in a command's help, and what is hidden is not completed. */
    private static void addGlobals(CommandSpec spec) {
        CommandSpec hidden = CommandSpec.create();
        new Globals().addTo(hidden);
        for (OptionSpec option : hidden.options()) {
            String[] free = Arrays.stream(option.names())
                    .filter(name -> spec.findOption(name) == null)
                    .toArray(String[]::new);
            if (free.length > 0) {
                spec.addOption(
                        OptionSpec.builder(option).names(free).hidden(false).build());
            }
        }
        spec.subcommands().values().forEach(each -> addGlobals(each.getCommandSpec()));
    }
}
