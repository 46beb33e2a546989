/** Airflow itself runs the DAGs of conf/airflow on a cluster of {@code convoy.jobs.cluster}. */
package convoy.jobs.airflow;
