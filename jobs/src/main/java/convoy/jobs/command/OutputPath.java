package convoy.jobs.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An argument that names a file or folder to write: a String is a path of any Hadoop file system, a
 * {@link java.nio.file.Path} a local one. Before the command starts it is checked whether anything
 * can be written there.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OutputPath {}
