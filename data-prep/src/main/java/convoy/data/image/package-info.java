/** Pictures by content: what a file claims to be, and its pixels. All commands use this decoder. */
package convoy.data.image;
