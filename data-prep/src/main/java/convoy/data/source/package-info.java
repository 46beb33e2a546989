/**
 * Where examples come from, one source a file and a registry: listing and reading, nothing else.
 */
package convoy.data.source;
