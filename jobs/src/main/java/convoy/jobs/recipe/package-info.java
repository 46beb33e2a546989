/**
 * The recipe: its values, its defaults, and validation that reports all problems at once. It uses
 * no Spark and reads no data.
 */
package convoy.jobs.recipe;
