/** The papers as code: one network a file, one line a row of the paper's table. */
package convoy.zoo.networks;
