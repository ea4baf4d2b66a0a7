/** What the library logs, on standard error: warnings, or all of it with {@code EVERGRANT_LOG=debug}. Never a secret. */
@NullMarked
package io.github.evergrant.cli.log;

import org.jspecify.annotations.NullMarked;
