@NullMarked
package io.github.evergrant.providers.tastytrade;

import org.jspecify.annotations.NullMarked;
