/** The parent of the packages that list, decode, order, augment and store examples. */
package convoy.data;
