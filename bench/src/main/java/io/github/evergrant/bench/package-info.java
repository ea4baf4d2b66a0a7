/**
 * What Evergrant costs, beside the least that is possible and beside its peers: knows how to measure and how to judge, and
 * nothing of what is measured that its users could not know.
 */
@NullMarked
package io.github.evergrant.bench;

import org.jspecify.annotations.NullMarked;
