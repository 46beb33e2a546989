package convoy.jobs.spark.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.StorageLevels;
import org.apache.spark.storage.BlockData;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerMaster;
import org.apache.spark.storage.ByteBufferBlockData;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.io.ChunkedByteBuffer;
import scala.Option;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Set.Set1;
import scala.reflect.ClassTag$;

/**
 * A set of byte arrays that the executors keep between jobs, by number. Every task and the driver
 * can read them. Tasks of any job put them, at most one content for each number.
 *
 * <p>They are blocks of an RDD that doesn't exist, so that Spark makes a new copy of a block when
 * an executor with the other copy is lost, and frees all of them in one call. In one process a
 * block is the array that was put. Otherwise it is a file, which the operating system keeps in
 * memory while there is room: executors would need a heap for two states of a training.
 *
 * @param owner number of the training that the set belongs to
 * @param id the RDD's id
 * @param count number of blocks
 * @param copies number of executors that shall hold each block
 * @param onDisk whether blocks are files
 */
public record Blocks(int owner, int id, int count, int copies, boolean onDisk)
    implements Serializable {
  private static final int CHUNK = 1 << 16;

  /** Blocks of these sets have higher numbers than partitions of any RDD. */
  private static final int FIRST = 1 << 30;

  /** A block's number is {@code FIRST + (owner << OWNER_BITS) + number}. */
  private static final int OWNER_BITS = 16;

  private static final int MOST_OWNERS = FIRST >> OWNER_BITS;
  private static final AtomicInteger OWNERS = new AtomicInteger();

  /** The sets of this driver that were not freed. */
  private static final Set<Blocks> IN_USE = ConcurrentHashMap.newKeySet();

  public Blocks {
    if (count > 1 << OWNER_BITS) {
      throw new IllegalArgumentException(count + " blocks in a set, which holds 65,536");
    }
  }

  /** A number for a training that begins in this driver. */
  public static int newOwner() {
    return Math.floorMod(OWNERS.getAndIncrement(), MOST_OWNERS);
  }

  /** A new set, whose blocks the driver will put. They are lost with the driver alone. */
  public static Blocks ofDriver(JavaSparkContext spark, int owner, int count) {
    return inUse(new Blocks(owner, spark.sc().newRddId(), count, 1, !spark.sc().isLocal()));
  }

  /**
   * A new set of the same owner and size, whose blocks tasks will put. Two executors hold each
   * block, if there are two.
   */
  public Blocks next(JavaSparkContext spark) {
    // The driver is one of them.
    int processes = manager().master().getMemoryStatus().size();
    return inUse(
        new Blocks(
            owner, spark.sc().newRddId(), count, processes > 2 ? 2 : 1, !spark.sc().isLocal()));
  }

  private static Blocks inUse(Blocks blocks) {
    IN_USE.add(blocks);
    return blocks;
  }

  /**
   * Keeps a block in the process of the caller and, if there shall be two copies, on another
   * executor, before this call ends.
   *
   * @param bytes must not change any more
   */
  public void put(int number, byte[] bytes) {
    if (!put(block(number), new ChunkedByteBuffer(ByteBuffer.wrap(bytes)), level())) {
      throw new IllegalStateException(
          "no room for %d bytes in memory or in spark.local.dir".formatted(bytes.length));
    }
  }

  private static boolean put(BlockId block, ChunkedByteBuffer bytes, StorageLevel level) {
    return manager().putBytes(block, bytes, level, true, ClassTag$.MODULE$.apply(byte[].class));
  }

  /**
   * Reads a block from this process, or from one of the executors that hold it.
   *
   * @return the bytes, which must not be changed; null if no copy can be read
   */
  public byte[] get(int number) {
    return get(number, false);
  }

  /** Reads a block as {@link #get} does, and keeps a copy in this process if there was none. */
  public byte[] getAndKeep(int number) {
    return get(number, true);
  }

  private byte[] get(int number, boolean keep) {
    BlockManager manager = manager();
    BlockId block = block(number);
    Option<BlockData> here = manager.getLocalBytes(block);
    if (here.isDefined()) {
      try {
        return bytes(here.get());
      } finally {
        manager.releaseLockAndDispose(block, here.get(), Option.empty());
      }
    }

    Option<ChunkedByteBuffer> there = manager.getRemoteBytes(block);
    if (there.isEmpty()) {
      return null;
    }

    if (keep) { // It is only read again if there is no room.
      put(block, there.get(), onDisk ? StorageLevels.DISK_ONLY : level());
    }

    return bytes(there.get().toByteBuffer());
  }

  private static byte[] bytes(BlockData block) {
    if (block instanceof ByteBufferBlockData memory) {
      return bytes(memory.buffer().toByteBuffer());
    }

    // A file that is mapped to memory would keep its place on the disk after it is deleted.
    try (InputStream from = block.toInputStream()) {
      byte[] bytes = new byte[Math.toIntExact(block.size())];
      for (int at = 0; at < bytes.length; at += CHUNK) {
        int length = Math.min(CHUNK, bytes.length - at);
        if (from.readNBytes(bytes, at, length) != length) {
          throw new IOException("a block of %d bytes ends early".formatted(bytes.length));
        }
      }

      return bytes;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer.hasArray()
        && buffer.arrayOffset() == 0
        && buffer.remaining() == buffer.array().length) {
      return buffer.array();
    }

    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** Frees all blocks, without waiting for the executors. The driver asks. */
  public void free() {
    IN_USE.remove(this);
    manager().master().removeRdd(id, false);
  }

  /**
   * Frees blocks of the owner's earlier sets that were freed already: a task that was given up may
   * put blocks after that. The driver asks.
   */
  public void freeEarlier() {
    Set<Integer> inUse =
        IN_USE.stream()
            .filter(set -> set.owner == owner)
            .map(Blocks::id)
            .collect(Collectors.toSet());
    BlockManagerMaster master = manager().master();
    // The master's search for matching blocks fails where an executor tells of a block meanwhile.
    Arrays.stream(master.getStorageStatus())
        .flatMap(
            executor -> JavaConverters.seqAsJavaList(executor.rddBlocks().keys().toSeq()).stream())
        .map(block -> (RDDBlockId) block)
        .filter(block -> block.rddId() < id && ownerOf(block) == owner)
        .map(RDDBlockId::rddId)
        .filter(earlier -> !inUse.contains(earlier))
        .distinct()
        .forEach(earlier -> master.removeRdd(earlier, false));
  }

  /** Returns -1 for a partition of an RDD. */
  private static int ownerOf(RDDBlockId block) {
    return block.splitIndex() < FIRST ? -1 : (block.splitIndex() - FIRST) >> OWNER_BITS;
  }

  /** The blocks that fewer than {@code copies} executors hold. The driver asks. */
  public List<Integer> withFewerThan(int copies) {
    BlockId[] ids = IntStream.range(0, count).mapToObj(this::block).toArray(BlockId[]::new);
    IndexedSeq<? extends Seq<?>> places = manager().master().getLocations(ids);
    return IntStream.range(0, count)
        .filter(number -> places.apply(number).size() < copies)
        .boxed()
        .toList();
  }

  /** Copies a block to other executors, if this process holds it. */
  public void copy(int number) {
    BlockManager manager = manager();
    if (manager.getStatus(block(number)).isDefined()) {
      manager.replicateBlock(
          block(number), new Set1<>(manager.blockManagerId()), copies, Option.empty());
    }
  }

  private BlockId block(int number) {
    return new RDDBlockId(id, FIRST + (owner << OWNER_BITS) + number);
  }

  private StorageLevel level() {
    if (!onDisk) {
      return StorageLevels.MEMORY_AND_DISK_SER;
    }

    return copies > 1 ? StorageLevels.DISK_ONLY_2 : StorageLevels.DISK_ONLY;
  }

  private static BlockManager manager() {
    SparkEnv environment = SparkEnv.get();
    if (environment == null) { // The words are Spark's own.
      throw new IllegalStateException("SparkContext has been shutdown");
    }

    return environment.blockManager();
  }
}
