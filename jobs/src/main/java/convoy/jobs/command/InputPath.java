package convoy.jobs.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an argument that names a file or folder to read. A String is a path of any Hadoop file
 * system, a {@link java.nio.file.Path} is a local one. It is checked before the command starts.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface InputPath {
  /** Whether it names a file, so that a folder is refused. */
  boolean file() default false;

  /** Whether it names a folder that must be there. */
  boolean folder() default false;
}
