package convoy.zoo.loops;

import java.nio.FloatBuffer;

/**
 * A tensor with one value for each channel.
 *
 * @param gradient null if the layer does not learn
 */
public record ChannelValues(FloatBuffer values, FloatBuffer gradient) {}
