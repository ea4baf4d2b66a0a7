package io.github.evergrant.cli.agave;

import io.github.evergrant.cli.frame.Directories;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.PrivateFile;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.CreatedClient;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The clients that were created here, each in a private file of its own in the state folder: programs that create others at
 * the same time write nothing of one another's.
 */
public final class KeptClients {

    private final Invocation it;
    private final Path folder;

    public KeptClients(Invocation it) {
        this.it = it;
        this.folder = it.directories().state().resolve("clients");
    }

    /** Sees to it that a client can be kept, before one is created whose secret would be lost otherwise. */
    public void prepare() {
        Directories.make(folder);
        try {
            Files.delete(Files.createTempFile(folder, ".probe", ".tmp"));
        } catch (IOException e) {
            throw failure(folder, "cannot be written", e);
        }
    }

    /** Those of somebody at a tenant, the newest first. */
    public List<KeptClient> of(ProviderData tenant, String username) {
        return at(tenant)
                .filter(kept -> kept.username().equals(username))
                .sorted(Comparator.comparing(KeptClient::createdAt).reversed())
                .toList();
    }

    /** The one with a key at a tenant. */
    public Optional<KeptClient> withKey(ProviderData tenant, String key) {
        return at(tenant).filter(kept -> kept.client().id().equals(key)).findFirst();
    }

    /** Keeps a client. */
    public KeptClient keep(ProviderData tenant, String username, CreatedClient made) {
        String base = AgaveProvider.base(tenant).toString();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("provider", tenant.id());
        json.put("environment", tenant.environment());
        json.put("base", base);
        json.put("username", username);
        json.put("name", made.name());
        json.put("key", made.key());
        json.put("secret", made.secret().reveal());
        json.put("created_at", it.now().toString());
        Path file = file(base, username, made.name());
        try {
            PrivateFile.write(file, Json.write(json));
        } catch (IOException e) {
            throw failure(file, "cannot be written: the secret of client '" + made.name() + "' is lost", e);
        }
        return new KeptClient(base, username, made.name(), made.client(), it.now(), file);
    }

    /** Forgets a client that is no more, if it was kept. */
    public void forget(ProviderData tenant, String username, String name) {
        Path file = file(AgaveProvider.base(tenant).toString(), username, name);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure(file, "cannot be deleted", e);
        }
    }

    private Stream<KeptClient> at(ProviderData tenant) {
        String base = AgaveProvider.base(tenant).toString();
        return all().stream().filter(kept -> kept.base().equals(base));
    }

    private List<KeptClient> all() {
        List<KeptClient> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                read(file).ifPresent(all::add);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw failure(folder, "cannot be read", e);
        }
        return all;
    }

    /** One that is damaged is as good as lost, and no reason to keep the others back. */
    private Optional<KeptClient> read(Path file) {
        try {
            Map<String, @Nullable Object> json = Json.readObject(Files.readAllBytes(file));
            return Optional.of(new KeptClient(
                    text(json, "base"),
                    text(json, "username"),
                    text(json, "name"),
                    Client.confidentialUnencoded(text(json, "key"), Secret.of(text(json, "secret"))),
                    Instant.parse(text(json, "created_at")),
                    file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedJson | IOException | DateTimeException | IllegalArgumentException e) {
            it.voice().warn("client_unreadable", file + " cannot be read; the client that it keeps is not used");
            return Optional.empty();
        }
    }

    private static String text(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException(name);
    }

    /** Names may hold anything, and a file's name may not. */
    private Path file(String base, String username, String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((base + "\n" + username + "\n" + name).getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(hash, 0, 16) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java", e);
        }
    }

    private static StorageFailure failure(Path path, String what, Exception cause) {
        return new StorageFailure(
                Problem.of("state_unusable", path + " " + what).withPath(path).withCause(cause));
    }
}
