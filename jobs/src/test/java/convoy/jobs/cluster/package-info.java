/** A real Spark cluster for tests, with processes that run the built jars and the launcher. */
package convoy.jobs.cluster;
