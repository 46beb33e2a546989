/**
 * The option language that all modules share: keys with their kinds and defaults, the values that a
 * user gave for them, and suggestions for mistyped words. It uses JDK types only and knows nothing
 * of recipes, networks, pictures or files.
 */
package convoy.options;
