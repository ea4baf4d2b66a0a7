/**
 * Sessions of Agave as its Python library and its shell tools save them: {@code config.json}, {@code current} and
 * {@code .agpy} (docs/protocols/agave.md section 4), and a storage made of them.
 *
 * <p>Never hears of HTTP: what a tenant answers is not its concern.
 */
@NullMarked
package io.github.evergrant.providers.agave.saved;

import org.jspecify.annotations.NullMarked;
