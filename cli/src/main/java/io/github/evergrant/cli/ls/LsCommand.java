package io.github.evergrant.cli.ls;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.cli.frame.Times;
import io.github.evergrant.cli.globus.SessionService;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.providers.globus.service.ApiError;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.transfer.DirectoryListing;
import io.github.evergrant.providers.globus.transfer.FileEntry;
import io.github.evergrant.providers.globus.transfer.ListingOptions;
import io.github.evergrant.providers.globus.transfer.TransferClient;
import io.github.evergrant.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what lies in a directory of a collection. */
@Command(
        name = "ls",
        description = {
            "Lists what lies in a directory of a Globus collection.",
            "",
            "The collection is named by its id, or by its name exactly as it is displayed. Behind a name, the path begins"
                    + " with / or ~; without a path it is the collection's default directory. What cannot be seen in a"
                    + " name is written as \\u001b."
        },
        footer = {
            "  evergrant ls 6c54cade-bde5-45c1-bdea-f4bd71dba2cc:/home/share/godata",
            "  evergrant ls 'Globus Tutorial Collection 1:~/share' -s tour",
            "  evergrant ls -a --json 'Globus Tutorial Collection 1'"
        })
public final class LsCommand implements CliCommand {

    @Option(
            names = {"-a", "--all"},
            description = "List names that begin with a dot, too.")
    private boolean all;

    @Parameters(paramLabel = "ENDPOINT[:PATH]", description = "Which directory of which collection.")
    private String word = "";

    @Override
    public int run(Invocation it) {
        Place place = Place.read(word);
        Session session = it.session();
        TransferClient transfer = new TransferClient(SessionService.of(it, session, GlobusService.TRANSFER));
        String id = place.isId()
                ? place.endpoint()
                : transfer.endpointNamed(place.endpoint()).id();
        DirectoryListing listing = list(it, session, transfer, id, place);
        if (it.json()) {
            it.voice().json(json(session, listing));
        } else {
            print(it, listing);
        }
        long total = listing.total().orElse(listing.entries().size());
        if (total > listing.entries().size()) {
            it.voice()
                    .warn(
                            "not_all",
                            "these are " + listing.entries().size() + " of " + total
                                    + "; Globus lists no more at once");
        }
        return Exits.DONE;
    }

    private DirectoryListing list(Invocation it, Session session, TransferClient transfer, String id, Place place) {
        ListingOptions options =
                (all ? ListingOptions.ALL : ListingOptions.ALL.withoutHidden()).with("orderby", "name");
        try {
            return place.path().isEmpty() ? transfer.ls(id, options) : transfer.ls(id, place.path(), options);
        } catch (ProviderRefused e) {
            if (isAboutPath(e) && !place.path().isEmpty()) {
                throw CliProblem.of(
                        Exits.REFUSED,
                        e.code(),
                        String.valueOf(e.getMessage()),
                        session.name(),
                        it.nextCommand().instead(word, place.parent().word(), session.name()));
            }
            throw e;
        }
    }

    /** Then it helps to look at what there is. */
    private static boolean isAboutPath(ProviderRefused e) {
        return ApiError.of(e)
                .flatMap(ApiError::code)
                .filter(code -> code.equals("ClientError.NotFound") || code.contains("DirListingFailed"))
                .isPresent();
    }

    private static void print(Invocation it, DirectoryListing listing) {
        if (listing.entries().isEmpty()) {
            it.voice().say("Nothing lies in " + (listing.path().isEmpty() ? "it" : listing.path()) + ".");
            return;
        }
        Table table = new Table("NAME", "SIZE", "MODIFIED", "PERMISSIONS");
        for (FileEntry entry : listing.entries()) {
            String size = entry.size().isPresent() && !entry.isDirectory()
                    ? Sizes.words(entry.size().getAsLong())
                    : "-";
            table.row(
                    shown(entry),
                    size,
                    entry.lastModified().map(at -> Times.relative(at, it.now())).orElse("-"),
                    entry.permissions());
        }
        it.voice().print(table.lines());
    }

    private static String shown(FileEntry entry) {
        return entry.name()
                + (entry.isDirectory() ? "/" : "")
                + entry.linkTarget().map(target -> " -> " + target).orElse("");
    }

    private static Map<String, @Nullable Object> json(Session session, DirectoryListing listing) {
        Map<String, @Nullable Object> json = JsonLine.object();
        json.put("session", session.name());
        json.put("endpoint", listing.endpoint());
        json.put("path", listing.path());
        json.put("total", listing.total().orElse(listing.entries().size()));
        json.put("entries", listing.entries().stream().map(LsCommand::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(FileEntry entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", entry.name());
        json.put("type", entry.type());
        json.put("size", entry.size().isPresent() ? entry.size().getAsLong() : null);
        json.put("last_modified", entry.lastModified().map(Times::exact).orElse(null));
        json.put("permissions", entry.permissions());
        json.put("user", entry.user());
        json.put("group", entry.group());
        json.put("link_target", entry.linkTarget().orElse(null));
        return json;
    }
}
