/** The walls of the house: which part may know which, held as tests over the compiled classes. */
@NullMarked
package dev.muster.checks.layering;

import org.jspecify.annotations.NullMarked;
