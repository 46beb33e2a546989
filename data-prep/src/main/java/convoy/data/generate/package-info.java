/** Drawn pictures for trying Convoy without data. The same seed gives the same bytes. */
package convoy.data.generate;
