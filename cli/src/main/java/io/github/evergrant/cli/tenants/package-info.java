/** {@code evergrant tenants}. */
@NullMarked
package io.github.evergrant.cli.tenants;

import org.jspecify.annotations.NullMarked;
