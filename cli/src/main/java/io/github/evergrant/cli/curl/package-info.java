/** {@code evergrant curl}: a request with a session's token, which never stands in a list of processes. */
@NullMarked
package io.github.evergrant.cli.curl;

import org.jspecify.annotations.NullMarked;
