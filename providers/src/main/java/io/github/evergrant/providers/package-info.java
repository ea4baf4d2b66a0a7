@NullMarked
package io.github.evergrant.providers;

import org.jspecify.annotations.NullMarked;
