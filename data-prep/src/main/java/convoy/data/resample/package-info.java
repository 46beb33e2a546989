/**
 * Pixel operations: the rows of a picture, cutting, resizing equal to Pillow's, and warping.
 * Nothing here knows recipes or randomness.
 */
package convoy.data.resample;
