package io.github.evergrant.providers.globus.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order to copy from one collection to another.
 *
 * @param source the id of the collection that has it
 * @param destination the id of the collection that gets it
 * @param items what to copy
 * @param label by which people find the task; empty for none
 * @param options further fields as Globus' reference names them: {@code sync_level}, {@code verify_checksum},
 *     {@code deadline} and others
 * @param submissionId by which the service knows a second submission for the first
 * @see <a href="https://docs.globus.org/api/transfer/task_submit/">the reference of the document</a>
 */
public record TransferOrder(
        String source,
        String destination,
        List<TransferItem> items,
        String label,
        Map<String, Object> options,
        Optional<String> submissionId)
        implements TaskOrder {

    public TransferOrder {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(destination, "destination");
        items = List.copyOf(items);
        Objects.requireNonNull(label, "label");
        options = Map.copyOf(options);
        Objects.requireNonNull(submissionId, "submissionId");
    }

    public static TransferOrder of(String source, String destination, TransferItem... items) {
        return new TransferOrder(source, destination, List.of(items), "", Map.of(), Optional.empty());
    }

    public TransferOrder withLabel(String words) {
        return new TransferOrder(source, destination, items, words, options, submissionId);
    }

    public TransferOrder withOptions(Map<String, Object> fields) {
        return new TransferOrder(source, destination, items, label, fields, submissionId);
    }

    @Override
    public TransferOrder withSubmissionId(String id) {
        return new TransferOrder(source, destination, items, label, options, Optional.of(id));
    }

    @Override
    public String resource() {
        return "transfer";
    }

    @Override
    public Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(options);
        json.put("DATA_TYPE", resource());
        submissionId.ifPresent(id -> json.put("submission_id", id));
        json.put("source_endpoint", source);
        json.put("destination_endpoint", destination);
        if (!label.isEmpty()) {
            json.put("label", label);
        }
        json.put("DATA", items.stream().map(TransferItem::toJson).toList());
        return json;
    }
}
