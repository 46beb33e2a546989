/**
 * Measures the exchange between executors that are joined by shaped links, beside what the links
 * can carry. The command starts the processes and reads their answers; the rounds run in the
 * product's own exchange.
 */
package convoy.benchmarks.exchange;
