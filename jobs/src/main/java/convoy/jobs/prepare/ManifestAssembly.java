package convoy.jobs.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.data.dataset.Manifest;
import convoy.data.source.Listing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the manifest from the contents and the written shards. */
final class ManifestAssembly {
  private ManifestAssembly() {}

  /** Lists the splits in the order train, val, without those that have no examples. */
  static Manifest of(
      Listing listing,
      List<ShardContent> contents,
      List<Manifest.Shard> shards,
      Manifest.Statistics statistics,
      JsonNode provenance) {
    List<Manifest.ClassEntry> entries = new ArrayList<>();
    for (String name : listing.classes()) {
      String words = listing.words().getOrDefault(name, "");
      entries.add(new Manifest.ClassEntry(entries.size(), name, words.isEmpty() ? null : words));
    }

    Map<String, Manifest.Split> splits = new LinkedHashMap<>();
    for (String split : OutputFolder.SPLITS) {
      List<ShardContent> members =
          contents.stream().filter(content -> content.path().startsWith(split + "/")).toList();
      if (!members.isEmpty()) {
        List<Manifest.Shard> files =
            shards.stream().filter(shard -> shard.path().startsWith(split + "/")).toList();
        splits.put(split, split(members, files, entries.size()));
      }
    }

    return new Manifest(Manifest.FORMAT_VERSION, entries, splits, statistics, provenance);
  }

  private static Manifest.Split split(
      List<ShardContent> contents, List<Manifest.Shard> files, int classes) {
    long[] counts = new long[classes];
    long examples = 0;
    long bytes = 0;
    for (ShardContent content : contents) {
      for (ShardContent.Row row : content.rows()) {
        counts[row.item().label()]++;
        examples++;
        bytes += row.bytes();
      }
    }

    List<Long> classCounts = new ArrayList<>();
    for (long count : counts) {
      classCounts.add(count);
    }

    return new Manifest.Split(examples, bytes, classCounts, files);
  }
}
