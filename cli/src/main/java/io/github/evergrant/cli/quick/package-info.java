/** What scripts call in a loop, without what takes long to load. */
@NullMarked
package io.github.evergrant.cli.quick;

import org.jspecify.annotations.NullMarked;
