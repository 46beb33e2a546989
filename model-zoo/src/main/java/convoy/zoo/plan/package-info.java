/**
 * The engine {@code plan}. It compiles a network for its shapes into a list of oneDNN primitives,
 * keeps layouts between layers and plans memory ahead. There is one class for each kind of layer.
 * Nothing else in the project knows oneDNN.
 *
 * <p>A graph is compiled as follows: {@code Compiler} walks through it and makes a {@code
 * PlanLayer} for each node, which writes its lines and operands into an {@code Assembly}. {@code
 * MemoryPlan} places the operands by their lifetimes. {@code Plan} runs the lines, and {@code
 * Plans} keeps one plan for each size class. The number of native threads is set through ND4J
 * ({@code Nd4jRuntime}), because oneDNN shares its OpenMP.
 */
package convoy.zoo.plan;
