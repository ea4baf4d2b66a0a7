@NullMarked
package io.github.evergrant.cli.login;

import org.jspecify.annotations.NullMarked;
