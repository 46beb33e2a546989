/** Architectures by name: the entry of the zoo. Knows neither Spark nor files. */
package convoy.zoo;
