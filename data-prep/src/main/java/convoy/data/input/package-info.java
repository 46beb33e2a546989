/** From shards to minibatches: reads row groups, decodes, augments, ahead of the network. */
package convoy.data.input;
