/**
 * The sandbox: an authorization server on loopback that plays the providers.
 *
 * <p>{@link io.github.evergrant.sandbox.Sandbox}, {@link io.github.evergrant.sandbox.SandboxSettings} and
 * {@link io.github.evergrant.sandbox.SandboxPeople} are for everyone; the packages below this one are its rooms:
 * {@code token} knows who holds which token, {@code server} knows requests, faults and the log, and each dialect has a
 * package of its own. None of them has heard of Evergrant's library: the sandbox follows the providers' own documents,
 * so that one mistake cannot hide another.
 */
@NullMarked
package io.github.evergrant.sandbox;

import org.jspecify.annotations.NullMarked;
