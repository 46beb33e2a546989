/**
 * Airflow itself runs the DAGs of conf/airflow, against a cluster of {@code convoy.jobs.cluster}.
 */
package convoy.jobs.airflow;
