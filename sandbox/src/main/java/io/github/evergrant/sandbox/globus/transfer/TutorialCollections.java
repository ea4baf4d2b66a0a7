package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.token.Person;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The collections that every sandbox has: two that Globus' own tutorials use, and some that are not so easy. */
public final class TutorialCollections {

    /** Small files, a directory nobody may look into, and names that are hard to show. */
    public static final String FIRST = "6c54cade-bde5-45c1-bdea-f4bd71dba2cc";

    /** Where there is room for copies. */
    public static final String SECOND = "31ce9ba0-176d-45a5-add3-f37d233ba47d";

    /** Nobody but its owner sees it. */
    public static final String PRIVATE = "0b5c1c0e-5a3f-4f5e-9d1c-3d6a1f2e4b7a";

    /** Wants the consent to {@code data_access} before it shows anything. */
    public static final String MAPPED = "4a1d2c7e-90b3-4f6e-8d25-7c3e5b9f1a60";

    /** Has {@value #MANY} files in its default directory. */
    public static final String LARGE = "c2f8b6d4-13e7-4a59-9b0c-5d6e8f7a9b12";

    /** How many files lie in {@link #LARGE}. */
    public static final int MANY = 10_000;

    private static final Instant MADE = Instant.parse("2026-01-05T16:23:33Z");
    private static final Instant CHANGED = Instant.parse("2026-03-02T08:00:00Z");

    private TutorialCollections() {}

    /**
     * All of them.
     *
     * @param owner whose the public ones are
     * @param other whose the private one is
     */
    public static List<SandboxCollection> of(Person owner, Person other) {
        return List.of(
                new SandboxCollection(
                        FIRST, "Globus Tutorial Collection 1", owner, true, false, TutorialCollections::first),
                new SandboxCollection(
                        SECOND,
                        "Globus Tutorial Collection 2",
                        owner,
                        true,
                        false,
                        () -> List.of(StoredFile.directory("/home", MADE))),
                new SandboxCollection(
                        PRIVATE,
                        "Private Collection",
                        other,
                        false,
                        false,
                        () -> List.of(
                                StoredFile.directory("/home", MADE),
                                StoredFile.file("/home/diary.txt", 1234, CHANGED))),
                new SandboxCollection(
                        MAPPED,
                        "Mapped Collection",
                        owner,
                        true,
                        true,
                        () -> List.of(
                                StoredFile.directory("/home", MADE), StoredFile.file("/home/mapped.txt", 77, CHANGED))),
                new SandboxCollection(LARGE, "Large Collection", owner, true, false, TutorialCollections::many));
    }

    private static List<StoredFile> many() {
        return Stream.concat(
                        Stream.of(StoredFile.directory("/home", MADE)),
                        IntStream.range(0, MANY)
                                .mapToObj(i -> StoredFile.file("/home/file%05d.dat".formatted(i), i, MADE)))
                .toList();
    }

    private static List<StoredFile> first() {
        return List.of(
                StoredFile.directory("/home", MADE),
                StoredFile.file("/home/.profile", 120, MADE),
                StoredFile.directory("/home/locked", MADE).locked(),
                StoredFile.file("/home/locked/secret.txt", 1, MADE),
                StoredFile.directory("/home/odd names", MADE),
                StoredFile.file("/home/odd names/100%.txt", 100, CHANGED),
                StoredFile.file("/home/odd names/a b+c.txt", 3, CHANGED),
                StoredFile.file("/home/odd names/bell\u0007\u001b[31m.txt", 7, CHANGED),
                StoredFile.file("/home/odd names/na\u00efve.txt", 5, CHANGED),
                StoredFile.file("/home/odd names/what?.txt", 4, CHANGED),
                StoredFile.directory("/home/share", MADE),
                StoredFile.directory("/home/share/godata", MADE),
                StoredFile.file("/home/share/godata/file1.txt", 4, MADE),
                StoredFile.file("/home/share/godata/file2.txt", 1_536, MADE),
                StoredFile.file("/home/share/godata/file3.txt", 5_242_880, CHANGED));
    }
}
