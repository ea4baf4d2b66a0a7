/** The server with dialects made for the tests. */
@NullMarked
package io.github.evergrant.sandbox.server;

import org.jspecify.annotations.NullMarked;
