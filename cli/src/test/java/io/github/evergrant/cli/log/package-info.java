@NullMarked
package io.github.evergrant.cli.log;

import org.jspecify.annotations.NullMarked;
