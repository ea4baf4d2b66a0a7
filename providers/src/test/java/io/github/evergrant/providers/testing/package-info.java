/** What tests of several providers use. */
@NullMarked
package io.github.evergrant.providers.testing;

import org.jspecify.annotations.NullMarked;
