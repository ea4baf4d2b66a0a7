/**
 * One client for every service of Globus: addresses, retries, pages and errors.
 *
 * <p>Never hears what a service's documents mean, nor how a token came to be.
 */
@NullMarked
package io.github.evergrant.providers.globus.service;

import org.jspecify.annotations.NullMarked;
