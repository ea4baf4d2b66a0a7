package io.github.evergrant.lease;

/**
 * "I am renewing this session": proof of life of whoever holds it.
 *
 * <p>It saves work and never decides truth. It ends when it is closed or when its process dies, not by time. May be
 * closed by another thread than the one that took it; closing twice does nothing.
 */
public interface Lease extends AutoCloseable {

    @Override
    void close();
}
