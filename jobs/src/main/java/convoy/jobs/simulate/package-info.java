/**
 * The lecture's simulations: one convolution or pooling layer on one picture, in plain loops that
 * read as the definition, without an engine and without Spark.
 */
package convoy.jobs.simulate;
