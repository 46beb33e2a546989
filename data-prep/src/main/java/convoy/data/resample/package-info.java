/**
 * Pixels moved about: rows of a picture, cuts, resizing equal to Pillow's, and warping. Knows no
 * recipe and no randomness.
 */
package convoy.data.resample;
