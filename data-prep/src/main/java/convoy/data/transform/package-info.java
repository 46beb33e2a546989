/**
 * Augmentations and preprocessing, one file for each transform: pure functions of (pixels, seed).
 * Other packages use the registry ({@link convoy.data.transform.Transforms}), the interface of one
 * transform, and chains of transforms.
 */
package convoy.data.transform;
