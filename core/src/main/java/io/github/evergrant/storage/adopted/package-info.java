/**
 * Sessions that stay in other programs' storages, and are known here by names of their own.
 *
 * <p>Never hears which programs these are.
 */
@NullMarked
package io.github.evergrant.storage.adopted;

import org.jspecify.annotations.NullMarked;
