/** Small applications that embed Muster's client library. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
