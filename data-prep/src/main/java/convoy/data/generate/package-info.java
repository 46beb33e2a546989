/** Drawn pictures for trying Convoy without data: the same seed gives the same bytes. */
package convoy.data.generate;
