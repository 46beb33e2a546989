/** Data preparation. */
package convoy.data;
