@NullMarked
package io.github.evergrant.providers.globus.service;

import org.jspecify.annotations.NullMarked;
