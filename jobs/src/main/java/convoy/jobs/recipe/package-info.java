/**
 * The recipe: values, defaults, validation with all problems at once. No Spark, no files of data.
 */
package convoy.jobs.recipe;
