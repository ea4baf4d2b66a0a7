@NullMarked
package io.github.evergrant.cli.ls;

import org.jspecify.annotations.NullMarked;
