package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** A session and where it is kept. */
record Kept(SessionKind session, StorageKind storage) {

    private static final List<Kept> ALL = List.of(
            new Kept(new GlobusKind(), StorageKind.JSON),
            new Kept(new GlobusKind(), StorageKind.SQLITE),
            new Kept(new AgaveKind(), StorageKind.AGAVE),
            new Kept(new TastytradePasswordKind(), StorageKind.JSON),
            new Kept(new TastytradeOAuthKind(), StorageKind.SQLITE),
            new Kept(new SpatiaFiKind(), StorageKind.JSON));

    /** All, or those that {@code -Devergrant.storages=agave,json} and {@code -Devergrant.sessions=globus,agave} leave. */
    static List<Kept> chosen() {
        List<String> storages = named("evergrant.storages");
        List<String> sessions = named("evergrant.sessions");
        List<Kept> chosen = ALL.stream()
                .filter(each -> isAmong(storages, each.storage()) && isAmong(sessions, each.session()))
                .toList();
        assertThat(chosen).as("sessions %s, storages %s", sessions, storages).isNotEmpty();
        return chosen;
    }

    private static List<String> named(String property) {
        String words = System.getProperty(property, "");
        return words.isBlank() ? List.of() : List.of(words.strip().split("\\s*,\\s*"));
    }

    private static boolean isAmong(List<String> names, Object each) {
        return names.isEmpty() || names.contains(each.toString());
    }

    /** @param store a place of its own, see {@link StorageKind#remains} */
    String address(Path store) {
        return storage.address(store);
    }

    @Override
    public String toString() {
        return session + " in " + storage;
    }
}
