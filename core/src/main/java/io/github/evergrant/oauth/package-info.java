/**
 * Grants, client authentication, metadata, id tokens, and the tolerant reader of token replies.
 *
 * <p>Never hears of sockets, files, people or threads.
 */
@NullMarked
package io.github.evergrant.oauth;

import org.jspecify.annotations.NullMarked;
