/**
 * How a person or a machine gets a first token.
 *
 * <p>Never hears where it is kept.
 */
@NullMarked
package io.github.evergrant.login;

import org.jspecify.annotations.NullMarked;
