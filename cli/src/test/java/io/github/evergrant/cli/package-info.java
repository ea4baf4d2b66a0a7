@NullMarked
package io.github.evergrant.cli;

import org.jspecify.annotations.NullMarked;
