/**
 * Where examples come from: one file for each source, and a registry. This package lists and reads
 * items and does nothing else.
 */
package convoy.data.source;
