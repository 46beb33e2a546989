/** Gives access to the architectures by name. This package knows neither Spark nor files. */
package convoy.zoo;
