/** The packaged program as its user meets it: what it prints, how it ends, what it exits with. */
@NullMarked
package dev.muster.checks.program;

import org.jspecify.annotations.NullMarked;
