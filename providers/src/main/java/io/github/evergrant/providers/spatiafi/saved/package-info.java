/**
 * The files in which the programs of SpatiaFi keep app credentials, and the variables that stand for them
 * (docs/protocols/spatiafi.md section 6).
 */
@NullMarked
package io.github.evergrant.providers.spatiafi.saved;

import org.jspecify.annotations.NullMarked;
