/**
 * tastytrade: OAuth sessions and sessions by password, whose successors come by a remember token; its production and
 * certification environments, which know nothing of each other; the customer, the accounts and the quote tokens.
 */
@NullMarked
package io.github.evergrant.providers.tastytrade;

import org.jspecify.annotations.NullMarked;
