/** Pictures by content: what a file claims to be, and its pixels. One decoder for everything. */
package convoy.data.image;
