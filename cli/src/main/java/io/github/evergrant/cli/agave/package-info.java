/** What commands about Agave share: which tenant, who asks, and which clients are kept. */
@NullMarked
package io.github.evergrant.cli.agave;

import org.jspecify.annotations.NullMarked;
