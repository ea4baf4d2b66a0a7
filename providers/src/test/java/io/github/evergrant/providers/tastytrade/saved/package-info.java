@NullMarked
package io.github.evergrant.providers.tastytrade.saved;

import org.jspecify.annotations.NullMarked;
