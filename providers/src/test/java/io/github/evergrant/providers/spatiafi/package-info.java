@NullMarked
package io.github.evergrant.providers.spatiafi;

import org.jspecify.annotations.NullMarked;
