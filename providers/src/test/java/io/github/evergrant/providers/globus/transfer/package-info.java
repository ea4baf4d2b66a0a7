@NullMarked
package io.github.evergrant.providers.globus.transfer;

import org.jspecify.annotations.NullMarked;
