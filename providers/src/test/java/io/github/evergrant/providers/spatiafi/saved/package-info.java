@NullMarked
package io.github.evergrant.providers.spatiafi.saved;

import org.jspecify.annotations.NullMarked;
