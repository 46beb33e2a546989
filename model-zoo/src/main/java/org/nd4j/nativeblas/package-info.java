/** One class under its old name, because DL4J looks for it there: see {@link Nd4jCpu}. */
package org.nd4j.nativeblas;
