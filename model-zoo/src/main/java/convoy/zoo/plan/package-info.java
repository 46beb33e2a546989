/**
 * The engine {@code plan}: a network compiled for its shapes into a list of oneDNN primitives, with
 * layouts kept between layers and memory planned ahead. One class for each kind of layer; nothing
 * else in the project knows oneDNN.
 *
 * <p>The way of a graph: {@code Compiler} walks it and asks a {@code PlanLayer} a node, which
 * writes its lines and operands into an {@code Assembly}; {@code MemoryPlan} places the operands by
 * their lifetimes; {@code Plan} runs the lines, and {@code Plans} keeps one a size class. Native
 * threads are set through ND4J ({@code Nd4jRuntime}), whose OpenMP oneDNN shares.
 */
package convoy.zoo.plan;
