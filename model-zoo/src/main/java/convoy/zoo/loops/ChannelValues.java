package convoy.zoo.loops;

import java.nio.FloatBuffer;

/**
 * A tensor of one number a channel.
 *
 * @param gradient null where nothing learns
 */
public record ChannelValues(FloatBuffer values, FloatBuffer gradient) {}
