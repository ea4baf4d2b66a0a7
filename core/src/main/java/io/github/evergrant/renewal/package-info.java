/**
 * When a successor is due, that one caller fetches it, and that the storage decides who was first.
 *
 * <p>Never hears of HTTP, JSON, SQL or grants: it is given a function. The protocol is {@code docs/renewal.md}.
 */
@NullMarked
package io.github.evergrant.renewal;

import org.jspecify.annotations.NullMarked;
