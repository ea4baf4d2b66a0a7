/** A session as people and scripts are told of it, without secrets. */
@NullMarked
package io.github.evergrant.cli.report;

import org.jspecify.annotations.NullMarked;
