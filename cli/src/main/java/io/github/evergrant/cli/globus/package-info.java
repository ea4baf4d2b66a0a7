/** What the commands of Globus have in common: a session's way to one of its services. */
@NullMarked
package io.github.evergrant.cli.globus;

import org.jspecify.annotations.NullMarked;
