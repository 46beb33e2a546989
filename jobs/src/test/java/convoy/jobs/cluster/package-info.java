/** A real Spark cluster for tests: processes of their own, from the build's jars and launcher. */
package convoy.jobs.cluster;
