package convoy.data.source;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * Says what inputs are that a source can't read, and what to do with them, by the names that the
 * usual downloads have.
 */
final class Recognized {
  private record Form(Pattern name, String advice) {
    Form(String name, String advice) {
      this(Pattern.compile(name), advice);
    }
  }

  /** The first that matches counts. */
  private static final List<Form> FORMS =
      List.of(
          new Form("cifar-100.*", "is CIFAR-100: " + CifarSource.NO_CIFAR_100),
          new Form("cifar-10-(python|batches-py).*", "is " + CifarSource.PYTHON),
          new Form("data_batch_\\d", "is " + CifarSource.PYTHON),
          new Form("cifar-10-binary\\.tar(\\.gz)?", "is read by --source cifar10"),
          new Form("cifar-10-batches-bin", "is read by --source cifar10 with --in naming it"),
          new Form("data_batch_\\d\\.bin", "is read by --source cifar10"),
          new Form("(train|t10k)-images[-.]idx3-ubyte(\\.gz)?", "is read by --source mnist"),
          new Form("ilsvrc2012_img_(train|val)\\.tar", "is read by --source imagenet"),
          new Form("n\\d{8}\\.tar", "is a class of ImageNet, read by --source imagenet"),
          new Form(
              ".*\\.(tar\\.(gz|bz2|xz|zst)|tgz|tbz2?|txz|tzst)",
              "is a packed tar, which can't be read from the middle: unpack it to a .tar"),
          new Form(".*\\.(zip|7z|rar)", "is an archive that Convoy doesn't read: unpack it"),
          new Form(".*\\.tar", "is read by --source webdataset if pictures and classes lie in it"),
          new Form(".*\\.csv", "is read by --source csv if it lists paths and labels"),
          new Form(".*\\.(jsonl|ndjson)", "is read by --source jsonl"),
          new Form(
              ".*\\.(parquet|tfrecords?|lmdb|mdb|npz|npy|h5|rec|mat|pkl|pickle|arrow)",
              "is a format that Convoy doesn't read: write its pictures into class folders"));

  private Recognized() {}

  /** Returns advice for the first names that are known, or else the first names. */
  static String of(Collection<Path> files, Collection<Path> folders) {
    TreeSet<String> names =
        Stream.concat(files.stream(), folders.stream())
            .map(Path::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    if (names.isEmpty()) {
      return "it is empty, check --in";
    }

    for (Form form : FORMS) {
      Optional<String> known =
          names.stream()
              .filter(name -> form.name().matcher(name.toLowerCase(Locale.ROOT)).matches())
              .findFirst();
      if (known.isPresent()) {
        return known.get() + " " + form.advice();
      }
    }

    return folders.isEmpty()
        ? "it holds " + Candidates.some(names) + ", check --in"
        : "it holds "
            + Candidates.some(names)
            + ", check --in; --source folder reads folders of pictures that are named by class";
  }
}
