@NullMarked
package io.github.evergrant.cli.frame;

import org.jspecify.annotations.NullMarked;
