/**
 * The command line: one class per command, under {@link dev.muster.cli.Muster}.
 *
 * <p>Exit codes: 0 done, also after Ctrl-C or SIGTERM, since stopping when told to is no failure; 1
 * the command failed; 2 the arguments or the configuration are wrong. What is wrong is said on
 * standard error, one line each, beginning with {@code muster:}. Results go to standard output, the
 * log to standard error.
 */
@NullMarked
package dev.muster.cli;

import org.jspecify.annotations.NullMarked;
