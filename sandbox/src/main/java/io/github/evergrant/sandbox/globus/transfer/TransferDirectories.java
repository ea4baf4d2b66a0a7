package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.server.Form;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.Grant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Directory listings. */
final class TransferDirectories {

    private static final int MOST = 100_000;

    private final TransferState state;
    private final DataAccess dataAccess;
    private final TransferRefusals refusals;
    private final TransferNumbers numbers;

    TransferDirectories(TransferState state, DataAccess dataAccess, TransferRefusals refusals) {
        this.state = state;
        this.dataAccess = dataAccess;
        this.refusals = refusals;
        this.numbers = new TransferNumbers(refusals);
    }

    Reply list(Request request, Grant token, SandboxCollection collection) {
        if (!collection.isOpenTo(token.person())) {
            throw refusals.refusal(
                    request,
                    403,
                    "EndpointPermissionDenied",
                    "Denied by endpoint, check permissions on '" + collection.id() + "'");
        }
        dataAccess.require(request, token, collection);
        Form query = request.query();
        String asked = Objects.requireNonNullElse(query.one("path"), "/~/");
        if (asked.indexOf('\0') >= 0) {
            throw refusals.badRequest(request, "a path cannot contain a NUL");
        }
        if (query.one("filter") != null) {
            throw refusals.badRequest(request, "the sandbox knows no filter of directory listings");
        }
        long limit = numbers.count(request, "limit", MOST, MOST);
        long offset = numbers.count(request, "offset", 0, Long.MAX_VALUE);
        boolean hidden = !"0".equals(query.one("show_hidden")) && !"false".equals(query.one("show_hidden"));
        Comparator<StoredFile> order = order(request, query.one("orderby"));
        String path = FileTree.absolute(asked);
        return state.look(now -> {
            List<StoredFile> all = files(request, collection, path).stream()
                    .filter(file -> hidden || !file.name().startsWith("."))
                    .sorted(order)
                    .toList();
            List<StoredFile> some = all.stream().skip(offset).limit(limit).toList();
            return Reply.json(200, json(collection, path, some, all.size()));
        });
    }

    private List<StoredFile> files(Request request, SandboxCollection collection, String path) {
        FileTree tree = state.tree(collection);
        StoredFile directory = tree.at(path)
                .orElseThrow(() -> refusals.refusal(
                        request, 404, "ClientError.NotFound", "Directory '" + path + "' not found on endpoint"));
        if (!directory.isDirectory()) {
            throw refusals.refusal(
                    request,
                    502,
                    "ExternalError.DirListingFailed.NotDirectory",
                    "Path '" + path + "' is not a directory");
        }
        if (directory.isLocked()) {
            throw refusals.refusal(
                    request,
                    502,
                    "ExternalError.DirListingFailed.PermissionDenied",
                    "Path '" + path + "' permission denied");
        }
        return tree.in(path);
    }

    private Comparator<StoredFile> order(Request request, @Nullable String orderby) {
        return Stream.of(Objects.requireNonNullElse(orderby, "name").split(","))
                .map(part -> field(request, part))
                .reduce(Comparator::thenComparing)
                .orElse(Comparator.comparing(StoredFile::name));
    }

    /** {@code name}, {@code size}, {@code type} or {@code last_modified}, with a direction behind it if need be. */
    private Comparator<StoredFile> field(Request request, String part) {
        String[] words = part.strip().split("\\s+", 2);
        Comparator<StoredFile> order = switch (words[0]) {
            case "name" -> Comparator.comparing(StoredFile::name);
            case "size" -> Comparator.comparingLong(StoredFile::size);
            case "type" -> Comparator.comparing(StoredFile::type);
            case "last_modified" -> Comparator.comparing(StoredFile::modified);
            default -> throw refusals.badRequest(request, "orderby knows no '" + words[0] + "'");
        };
        return words.length > 1 && words[1].equalsIgnoreCase("DESC") ? order.reversed() : order;
    }

    private static ObjectNode json(SandboxCollection collection, String path, List<StoredFile> some, int total) {
        String shown = path.equals("/") ? "/" : path + "/";
        ObjectNode json = Json.object()
                .put("DATA_TYPE", "file_list")
                .put("endpoint", collection.id())
                .put("path", shown)
                .put("absolute_path", shown)
                .put("rename_supported", true)
                .put("symlink_supported", false)
                .put("length", some.size())
                .put("total", total);
        ArrayNode data = json.putArray("DATA");
        some.forEach(file -> data.add(Json.object()
                .put("DATA_TYPE", "file")
                .put("name", file.name())
                .put("type", file.type())
                .put("size", file.size())
                .put(
                        "last_modified",
                        file.modified()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()
                                .replace("T", " ")
                                .replace("Z", "+00:00"))
                .put("permissions", file.permissions())
                .put("user", collection.owner().login())
                .put("group", "tutorial")
                .putNull("link_target")
                .putNull("link_size")
                .putNull("link_user")
                .putNull("link_group")
                .putNull("link_last_modified")));
        return json;
    }
}
