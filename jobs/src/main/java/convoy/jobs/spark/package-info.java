/** The Spark session, made in one place, and what travels with it. */
package convoy.jobs.spark;
