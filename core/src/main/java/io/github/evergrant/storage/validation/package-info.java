/**
 * Demands on token data, judged where it is stored and handed out: present, not ended, with these scopes, renewable, one
 * account's.
 *
 * <p>Begin with {@link io.github.evergrant.storage.validation.ValidatingTokenStorage}; what is ready-made is in
 * {@link io.github.evergrant.storage.validation.TokenValidators}. Never changes what it judges.
 */
@NullMarked
package io.github.evergrant.storage.validation;

import org.jspecify.annotations.NullMarked;
