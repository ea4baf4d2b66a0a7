/** What several commands need of SpatiaFi: where app credentials are on this machine, and how somebody gets theirs. */
@NullMarked
package io.github.evergrant.cli.spatiafi;

import org.jspecify.annotations.NullMarked;
