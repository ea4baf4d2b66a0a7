package io.github.evergrant.lease;

import java.util.Optional;

/**
 * Hands out one lease per session at a time, among all threads and processes that share a storage.
 *
 * <p>Safe for many threads.
 */
@FunctionalInterface
public interface Leases {

    /**
     * Takes the lease of a session if nobody has it.
     *
     * <p>Never waits and never throws because of an interrupt: whoever wants to wait asks again.
     *
     * @param namespace the session's name
     * @return the lease, or nothing when another thread or process has it
     * @throws io.github.evergrant.error.StorageFailure when the lock itself cannot be used
     */
    Optional<Lease> tryTake(String namespace);
}
