package io.github.evergrant.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.cache.CachedSupplier;
import software.amazon.awssdk.utils.cache.RefreshResult;

/** The AWS SDK's cache of credentials, with the times that its SSO provider uses; its first value is asked for. */
final class Aws implements Subject {

    private final @Nullable Endpoint endpoint;
    private final CachedSupplier<Tokens> cache;
    private final AtomicBoolean handedOver = new AtomicBoolean();
    private volatile Tokens current;

    Aws(Tokens first, @Nullable Endpoint endpoint) {
        this.endpoint = endpoint;
        this.current = first;
        this.cache = CachedSupplier.builder(this::next).cachedValueName("bench").build();
        cache.get();
    }

    private RefreshResult<Tokens> next() {
        if (!handedOver.compareAndSet(false, true)) {
            try {
                current = Tokens.required(endpoint).refresh(current.refresh());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Tokens now = current;
        return RefreshResult.builder(now)
                .staleTime(now.expiresAt().minus(Duration.ofMinutes(1)))
                .prefetchTime(now.expiresAt().minus(Duration.ofMinutes(5)))
                .build();
    }

    @Override
    public Object token() {
        return cache.get();
    }

    /** {@inheritDoc} It prefers an old one to a failure. */
    @Override
    public boolean isEnded(Object token) {
        return token instanceof Tokens tokens && tokens.expiresAt().isBefore(Tokens.now());
    }

    @Override
    public void close() {
        cache.close();
    }
}
