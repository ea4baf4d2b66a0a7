/** {@code evergrant accounts}: the trading accounts of a session's customer. */
@NullMarked
package io.github.evergrant.cli.accounts;

import org.jspecify.annotations.NullMarked;
