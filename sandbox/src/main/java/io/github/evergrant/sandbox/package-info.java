@NullMarked
package io.github.evergrant.sandbox;

import org.jspecify.annotations.NullMarked;
