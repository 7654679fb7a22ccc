/**
 * What the operator may set, read from TOML.
 *
 * <p>{@link dev.muster.server.config.Config} is the one place where a key, its default, its range
 * and its comment stand; a new key is a new record component there. From it {@link
 * dev.muster.server.config.ConfigReader} reads a file and overrides, naming every mistake by line,
 * and {@link dev.muster.server.config.ConfigPrinter} prints the whole default with its comments.
 */
@NullMarked
package dev.muster.server.config;

import org.jspecify.annotations.NullMarked;
