/**
 * Augmentations and preprocessing, one file each and a registry: pure functions of (pixels, seed).
 * Two pipelines come from a recipe, training and evaluation.
 */
package convoy.data.transform;
