package io.github.evergrant.cli.agave;

import io.github.evergrant.oauth.Client;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A client that was created here: its secret is told only once.
 *
 * @param base where its tenant is
 * @param username whose it is
 * @param name by which its owner knows it
 * @param client key and secret
 * @param createdAt when
 * @param file where it is kept
 */
public record KeptClient(String base, String username, String name, Client client, Instant createdAt, Path file) {}
