/** Update rules, one file each and a registry; one pass over flat vectors, nothing allocated. */
package convoy.zoo.optimizer;
