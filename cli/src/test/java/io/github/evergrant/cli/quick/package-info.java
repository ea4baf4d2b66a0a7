@NullMarked
package io.github.evergrant.cli.quick;

import org.jspecify.annotations.NullMarked;
