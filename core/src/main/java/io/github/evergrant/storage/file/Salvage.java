package io.github.evergrant.storage.file;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.MalformedDocument;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What another program stored in a file that we had replaced when it wrote: to be put into the newer one.
 *
 * <p>For one thread at a time.
 */
final class Salvage implements Closeable {

    private final FormerFile former;
    private final byte[] ours;
    private byte @Nullable [] seen;
    private @Nullable TokenDocument theirs;
    private @Nullable Merge merge;

    /** @param ours what took the former file's place */
    Salvage(FormerFile former, byte[] ours) {
        this.former = former;
        this.ours = ours;
    }

    /** How many bytes it keeps in memory. */
    int size() {
        return former.expected().length + ours.length;
    }

    /** Whether anybody has written into the former file, or written again since it was last looked at. */
    boolean isNeeded() {
        try {
            return former.hasChangedFrom(seen == null ? former.expected() : seen);
        } catch (IOException e) {
            // It cannot be read any more, as when a network has gone, so there is nothing to be had from it.
            return false;
        }
    }

    /** Whether there is nothing left to put or to follow. */
    boolean isDone() {
        return isWhole() && (merge == null || merge.isEmpty());
    }

    /** Whether what was written there last makes sense: until then they have not finished. */
    boolean isWhole() {
        return theirs != null;
    }

    /** Reads the former file again. @return whether there is something new to put */
    boolean look(FileTokenStorage format) throws IOException {
        byte[] now = former.content();
        if (Arrays.equals(now, seen)) {
            return false;
        }
        seen = now;
        theirs = null;
        if (now.length == 0) {
            return false;
        }
        try {
            TokenDocument found = format.parse(now);
            merge = Merge.of(format.parse(former.expected()), format.parse(ours), found, format::isKnown);
            theirs = found;
            return true;
        } catch (MalformedDocument | StorageFailure e) {
            // Half written, or not a store at all.
            return false;
        }
    }

    /**
     * Puts into a document what it lacks.
     *
     * @param byOthers whether another program has written this document
     * @return the document, or what it became when it could not take what they wrote; null when it lacked nothing
     */
    @Nullable
    TokenDocument mergeInto(TokenDocument document, FileTokenStorage format, boolean byOthers) {
        if (theirs == null || merge == null || merge.isEmpty()) {
            return null;
        }
        TokenDocument current = format.widened(document, theirs);
        return merge.into(current, byOthers) ? current : null;
    }

    /** Says that the merged document is stored. */
    void merged() {
        if (merge != null) {
            merge.forgetRemovals();
        }
    }

    @Override
    public void close() {
        try {
            former.close();
        } catch (IOException e) {
            // It was only read.
        }
    }
}
