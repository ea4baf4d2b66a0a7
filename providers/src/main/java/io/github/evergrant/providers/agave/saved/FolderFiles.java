package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.file.CompanionFile;
import io.github.evergrant.storage.file.CompanionFile.Content;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The files of one folder: read as one document, and those beside {@code config.json} written, what it cannot hold before
 * it and {@code current} after it.
 */
final class FolderFiles {

    private final CompanionFile config;
    private final CurrentFile current;
    private final CompanionFile remainders;
    private final Agpy older;
    private final StorageOptions options;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * @param remainders what the files of Agave's programs cannot hold
     * @param older what is read where there are none
     */
    FolderFiles(
            CompanionFile config, CurrentFile current, CompanionFile remainders, Agpy older, StorageOptions options) {
        this.config = config;
        this.current = current;
        this.remainders = remainders;
        this.older = older;
        this.options = options;
    }

    /** Whether any is there beside {@code config.json}. */
    boolean existBeside() {
        return current.exists() || !older.records().isEmpty();
    }

    CurrentFile current() {
        return current;
    }

    /** @param ours what our journals know */
    AgaveDocument empty(InstantSource clock, OurSessions ours) throws MalformedDocument {
        return document(null, new LinkedHashMap<>(), clock, ours);
    }

    /**
     * A document of all of them.
     *
     * @param bytes of {@code config.json}; null when there is none
     * @param root what these say
     * @param ours what our journals know
     */
    AgaveDocument document(
            byte @Nullable [] bytes, Map<String, @Nullable Object> root, InstantSource clock, OurSessions ours)
            throws MalformedDocument {
        Content<Object> there = null;
        boolean damaged = false;
        try {
            there = current.read();
        } catch (StorageFailure e) {
            if (bytes == null || !e.code().equals("store_corrupt")) {
                throw e;
            }
            damaged = true;
            warn(e.getMessage() + " What " + AgaveTokenStorage.CONFIG + " says counts.");
        }
        List<Map<String, @Nullable Object>> imported =
                bytes == null && there == null ? older.records() : new ArrayList<>();
        SavedFiles files = new SavedFiles(new ConfigFile(root), there == null ? null : there.value(), imported);
        Content<Remainders> more = remainders.read(Remainders::parse);
        return new AgaveDocument(
                files,
                more == null ? Remainders.none() : more.value(),
                new Read(bytes, there, damaged, more),
                clock,
                ours);
    }

    /** Says once, for as long as this lasts, what cannot be read and is done without. */
    void warn(String words) {
        if (warned.compareAndSet(false, true)) {
            options.warnings().accept(words);
        }
    }

    /** Writes what {@code config.json} cannot hold. */
    void writeBefore(AgaveDocument document) {
        Remainders next = document.remaindersToBe();
        Content<Remainders> there = document.read().remainders;
        if (next == null || (there == null && next.isEmpty())) {
            return;
        }
        if (!remainders.replace(there, next.bytes())) {
            throw new StorageFailure(
                    Problem.of("store_busy", "Another program has just written " + remainders.path() + ".")
                            .withAdvice("End that program, then try again."));
        }
    }

    /** Brings {@code current} up to what {@code config.json} says by now, and takes away what nobody needs any more. */
    void writeAfter(AgaveDocument document) {
        SavedFiles files = document.files();
        Content<Object> there = document.read().current;
        if (files.isCurrentChanged() && !document.read().currentIsDamaged) {
            byte[] next = files.currentBytes();
            if (next != null) {
                current.replace(there, next);
            } else if (there != null) {
                current.delete(there.bytes());
            }
        }
        Content<Remainders> more = document.isRemoving() ? remainders.read(Remainders::parse) : null;
        if (more != null && document.forgetRemoved(more.value())) {
            remainders.replace(more, more.value().bytes());
        }
        if ((files.isChanged() || document.read().config() == null) && files.isVacant()) {
            config.delete(files.configBytes());
        }
    }
}
