package io.github.evergrant.storage.validation;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Leases;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.Replacement;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A storage with demands on what it takes and hands out; all else is another storage's, with every promise of that one.
 *
 * <p>Nothing is read to make it, and it remembers nothing: what is stored at the moment is judged. Removing is never
 * judged, so whatever is wrong can be cleared. Programs that open its {@link #address} elsewhere know nothing of the
 * demands.
 *
 * <p>A session door works on it. The door judges a login before anything is kept of it, and a token when it is handed out,
 * after it was renewed if that was due. A renewal is saved whatever it brings: its reply may hold the only token that is
 * alive. A logout is never refused.
 */
public final class ValidatingTokenStorage implements TokenStorage {

    private final TokenStorage inner;
    private final TokenValidator validator;

    private ValidatingTokenStorage(TokenStorage inner, TokenValidator validator) {
        this.inner = Objects.requireNonNull(inner, "inner");
        this.validator = validator;
    }

    /**
     * A storage with demands.
     *
     * @param inner is closed with this
     * @param validators judge in this order; {@link TokenValidator#only} makes one concern a single namespace
     */
    public static ValidatingTokenStorage over(TokenStorage inner, TokenValidator... validators) {
        return new ValidatingTokenStorage(inner, TokenValidator.all(List.of(validators)));
    }

    @Override
    public TokenValidator validator() {
        return TokenValidator.all(List.of(validator, inner.validator()));
    }

    @Override
    public TokenStorage unvalidated() {
        return inner.unvalidated();
    }

    @Override
    public void requireNamespace(String namespace) {
        inner.requireNamespace(namespace);
    }

    @Override
    public boolean namesAreFixed(String namespace) {
        return inner.namesAreFixed(namespace);
    }

    /** {@inheritDoc} Judged as a whole. */
    @Override
    public Map<String, TokenData> read(String namespace) {
        return judged(namespace, inner.read(namespace));
    }

    private Map<String, TokenData> judged(String namespace, Map<String, TokenData> all) {
        validator.afterRead(Reading.of(namespace, all));
        return all;
    }

    @Override
    public void forEach(BiConsumer<String, Supplier<Map<String, TokenData>>> visitor) {
        inner.forEach((namespace, way) -> visitor.accept(namespace, () -> judged(namespace, way.get())));
    }

    /** {@inheritDoc} Only this record is judged, by demands that do not concern the whole. */
    @Override
    public Optional<TokenData> read(String namespace, String resourceServer) {
        Optional<TokenData> found = inner.read(namespace, resourceServer);
        Map<String, TokenData> records =
                found.map(data -> Map.of(resourceServer, data)).orElse(Map.of());
        validator.afterRead(new Reading(
                namespace, resourceServer, records, () -> unvalidated().read(namespace)));
        return found;
    }

    /** {@inheritDoc} Judged only when it would succeed. */
    @Override
    public boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        if (next.isEmpty()) {
            return inner.replace(namespace, seen, next);
        }
        Replacement change = new Replacement(seen, next);
        return inner.inOneStep(namespace, () -> {
            Map<String, TokenData> stored = unvalidated().read(namespace);
            if (!change.fits(stored)) {
                return false;
            }
            validator.beforeStore(namespace, stored, change);
            return inner.replace(namespace, seen, next);
        });
    }

    @Override
    public boolean remove(String namespace) {
        return inner.remove(namespace);
    }

    @Override
    public String address() {
        return inner.address();
    }

    @Override
    public boolean exists() {
        return inner.exists();
    }

    @Override
    public List<String> namespaces() {
        return inner.namespaces();
    }

    @Override
    public boolean holds(String namespace) {
        return inner.holds(namespace);
    }

    @Override
    public boolean missingMeansRemoved(String namespace) {
        return inner.missingMeansRemoved(namespace);
    }

    @Override
    public List<StorageFailure> faults(String namespace) {
        return inner.faults(namespace);
    }

    @Override
    public KeptAt keptAt(String namespace) {
        return inner.keptAt(namespace);
    }

    @Override
    public Map<String, @Nullable Object> facts(String namespace) {
        return inner.facts(namespace);
    }

    @Override
    public List<String> configurationNames(String namespace) {
        return inner.configurationNames(namespace);
    }

    @Override
    public Optional<Map<String, @Nullable Object>> configuration(String namespace, String name) {
        return inner.configuration(namespace, name);
    }

    @Override
    public void storeConfiguration(String namespace, String name, Map<String, @Nullable Object> value) {
        inner.storeConfiguration(namespace, name, value);
    }

    @Override
    public boolean removeConfiguration(String namespace, String name) {
        return inner.removeConfiguration(namespace, name);
    }

    @Override
    public Journal journal(String namespace) {
        return inner.journal(namespace);
    }

    @Override
    public List<Journal> journals() {
        return inner.journals();
    }

    /** {@inheritDoc} What is only not as it is demanded is none. */
    @Override
    public List<StorageFailure> faults() {
        return inner.faults();
    }

    @Override
    public Leases leases() {
        return inner.leases();
    }

    @Override
    public Object sign(String namespace) {
        return inner.sign(namespace);
    }

    @Override
    public <T extends @Nullable Object> T inOneStep(String namespace, Supplier<T> step) {
        return inner.inOneStep(namespace, step);
    }

    @Override
    public void close() {
        inner.close();
    }
}
