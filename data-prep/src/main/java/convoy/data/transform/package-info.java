/**
 * Augmentations and preprocessing, one file each: pure functions of (pixels, seed). Other packages
 * see the registry ({@link convoy.data.transform.Transforms}), the face of one transform and a
 * chain of them.
 */
package convoy.data.transform;
