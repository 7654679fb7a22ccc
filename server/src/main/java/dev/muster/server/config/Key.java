package dev.muster.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A key of the configuration, or a table of keys if the component's type is a record. Its name is
 * the component's, in kebab-case; the component's type says how its value is written.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
  /** What it is, its unit and its reason; printed above the key. Lines are kept. */
  String comment();

  /** The default, as it would follow {@code --set key=}. */
  String value() default "";

  /** The smallest value allowed, in the same notation; no bound if empty. */
  String min() default "";

  /** The largest value allowed, in the same notation; no bound if empty. */
  String max() default "";

  /** The word that stands for an absent value, if the component is an Optional or a List. */
  String none() default "";
}
