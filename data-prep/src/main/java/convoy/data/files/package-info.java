/**
 * Files on any Hadoop file system: the one way to a file system, whole files that appear at once,
 * and a local disk without side files.
 */
package convoy.data.files;
