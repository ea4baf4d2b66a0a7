package io.github.evergrant.providers.globus.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order to delete in a collection.
 *
 * @param endpoint the collection's id
 * @param paths what to delete
 * @param recursive whether directories may be among them
 * @param label by which people find the task; empty for none
 * @param options further fields as Globus' reference names them: {@code ignore_missing}, {@code interpret_globs} and others
 * @param submissionId by which the service knows a second submission for the first
 * @see <a href="https://docs.globus.org/api/transfer/task_submit/">the reference of the document</a>
 */
public record DeleteOrder(
        String endpoint,
        List<String> paths,
        boolean recursive,
        String label,
        Map<String, Object> options,
        Optional<String> submissionId)
        implements TaskOrder {

    public DeleteOrder {
        Objects.requireNonNull(endpoint, "endpoint");
        paths = List.copyOf(paths);
        Objects.requireNonNull(label, "label");
        options = Map.copyOf(options);
        Objects.requireNonNull(submissionId, "submissionId");
    }

    /** Files alone: with a directory among them, the task fails. */
    public static DeleteOrder of(String endpoint, String... paths) {
        return new DeleteOrder(endpoint, List.of(paths), false, "", Map.of(), Optional.empty());
    }

    /** With directories, and all that is in them. */
    public DeleteOrder withDirectories() {
        return new DeleteOrder(endpoint, paths, true, label, options, submissionId);
    }

    public DeleteOrder withLabel(String words) {
        return new DeleteOrder(endpoint, paths, recursive, words, options, submissionId);
    }

    public DeleteOrder withOptions(Map<String, Object> fields) {
        return new DeleteOrder(endpoint, paths, recursive, label, fields, submissionId);
    }

    @Override
    public DeleteOrder withSubmissionId(String id) {
        return new DeleteOrder(endpoint, paths, recursive, label, options, Optional.of(id));
    }

    @Override
    public String resource() {
        return "delete";
    }

    @Override
    public Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(options);
        json.put("DATA_TYPE", resource());
        submissionId.ifPresent(id -> json.put("submission_id", id));
        json.put("endpoint", endpoint);
        json.put("recursive", recursive);
        if (!label.isEmpty()) {
            json.put("label", label);
        }
        json.put("DATA", paths.stream().map(DeleteOrder::item).toList());
        return json;
    }

    private static Map<String, Object> item(String path) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("DATA_TYPE", "delete_item");
        item.put("path", path);
        return item;
    }
}
