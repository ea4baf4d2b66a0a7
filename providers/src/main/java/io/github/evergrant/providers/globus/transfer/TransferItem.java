package io.github.evergrant.providers.globus.transfer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One thing to copy.
 *
 * @param from its path in the source collection
 * @param to its path in the destination, its name included
 * @param recursive whether it is a directory
 */
public record TransferItem(String from, String to, boolean recursive) {

    public TransferItem {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }

    public static TransferItem file(String from, String to) {
        return new TransferItem(from, to, false);
    }

    public static TransferItem directory(String from, String to) {
        return new TransferItem(from, to, true);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("DATA_TYPE", "transfer_item");
        json.put("source_path", from);
        json.put("destination_path", to);
        json.put("recursive", recursive);
        return json;
    }
}
