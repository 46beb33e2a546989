/**
 * The papers as code: each network has one file, and each row of the paper's table has one line.
 */
package convoy.zoo.networks;
