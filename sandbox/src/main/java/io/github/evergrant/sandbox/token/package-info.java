/** Who holds which token, until when, and what happens when one is seen twice. Never hears of HTTP or JSON. */
@NullMarked
package io.github.evergrant.sandbox.token;

import org.jspecify.annotations.NullMarked;
