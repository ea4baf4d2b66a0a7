@NullMarked
package io.github.evergrant.providers.agave;

import org.jspecify.annotations.NullMarked;
