/**
 * What a person allowed: consents, and the trees they form.
 *
 * <p>Knows what was allowed and whether it is enough; never hears how that was found out.
 */
@NullMarked
package io.github.evergrant.providers.globus.consent;

import org.jspecify.annotations.NullMarked;
