/**
 * Requests in, replies out: routing to a dialect, the log, the counters, the faults and the calls under
 * {@code /_sandbox/}. Never hears of what a dialect's requests mean.
 */
@NullMarked
package io.github.evergrant.sandbox.server;

import org.jspecify.annotations.NullMarked;
