/**
 * Which program shows a web page to the person at this machine, and whether there is such a person.
 *
 * <p>Never hears what the page is for.
 */
@NullMarked
package io.github.evergrant.login.browser;

import org.jspecify.annotations.NullMarked;
