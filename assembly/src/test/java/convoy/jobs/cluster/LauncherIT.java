package convoy.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
  @TempDir private Path folder;

  @Test
  void itRunsFromAnyFolderAndThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("convoy"), launcher());
    Finished version = process(Map.of(), link.toString(), "version", "--json").exits(0);

    assertThat(version.out()).contains("\"convoy\"");
    assertThat(version.err()).isEmpty();
  }

  @Test
  void exitCodesPassThrough() throws Exception {
    assertThat(Launcher.run(folder, "versoin").exits(2).err())
        .isEqualTo(
            "convoy: unknown command 'versoin', did you mean 'version'?; see convoy --help\n");
    Launcher.run(folder).exits(2);
    assertThat(Launcher.run(folder, "--help").exits(0).out()).contains("Usage: convoy");
  }

  @Test
  void withoutAMasterOneJvmIsStarted() throws Exception {
    Finished dry =
        Launcher.run(
                folder,
                Map.of("CONVOY_DRIVER_MEMORY", "3g"),
                "--dry-run",
                "--conf",
                "spark.hadoop.a=b c",
                "generate",
                "--out",
                "a b")
            .exits(0);

    assertThat(dry.out())
        .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-Xmx3g", "convoy.jar:")
        .contains("-Dspark.hadoop.a=b\\ c")
        .endsWith("convoy.jobs.Main generate --out a\\ b \n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void withAMasterTheLineOfSparkSubmitIsShown() throws Exception {
    assertThat(
            Launcher.run(
                    folder,
                    "--master",
                    "spark://host:7077",
                    "--deploy-mode=cluster",
                    "--total-executor-cores",
                    "4",
                    "--dry-run",
                    "train",
                    "--out",
                    "run")
                .exits(0)
                .out())
        .contains("SPARK_SCALA_VERSION=2.12", "org.apache.spark.deploy.SparkSubmit")
        .contains("--master spark://host:7077 --deploy-mode cluster", "--total-executor-cores 4")
        .contains("--driver-java-options --add-opens=")
        .endsWith("/jobs/target/convoy.jar train --out run \n");
  }

  @Test
  void aSparkInstallationIsUsed() throws Exception {
    Files.createDirectories(folder.resolve("jars"));
    executable(folder.resolve("bin/spark-submit"), "#!/bin/sh\n");
    assertThat(
            Launcher.run(
                    folder,
                    Map.of("SPARK_HOME", folder.toString()),
                    "--master",
                    "yarn",
                    "--dry-run",
                    "version")
                .exits(0)
                .out())
        .startsWith(folder + "/bin/spark-submit --class convoy.jobs.Main --master yarn")
        .contains("--conf spark.yarn.maxAppAttempts=1");
    assertThat(Launcher.run(folder, "--master", "yarn", "version").exits(2).err())
        .isEqualTo("convoy: --master yarn needs a Spark installation: set SPARK_HOME\n");
  }

  @Test
  void whatIsWrongIsSaidInOneLine() throws Exception {
    assertThat(Launcher.run(folder, "--mster", "x", "version").exits(2).err())
        .isEqualTo(
            "convoy: unknown option '--mster' before the command; options of a command come after"
                + " it\n");
    assertThat(Launcher.run(folder, "--master", "bogus", "version").exits(2).err())
        .isEqualTo(
            "convoy: --master bogus is unknown: give local[2], local[*], spark://HOST:PORT, yarn"
                + " or k8s://URL\n");
    assertThat(Launcher.run(folder, "--queue", "q", "version").exits(2).err())
        .isEqualTo("convoy: --queue needs --master with a cluster\n");
    assertThat(Launcher.run(folder, "--conf", "a=b", "version").exits(2).err())
        .isEqualTo("convoy: --conf a=b: needs spark.KEY=VALUE\n");
  }

  @Test
  void wrongValuesAreRefusedBeforeAnythingStarts() throws Exception {
    assertThat(Launcher.run(folder, "--master=", "version").exits(2).err())
        .isEqualTo("convoy: --master is empty: give a URL such as local[2], or leave it out\n");
    assertThat(
            Launcher.run(
                    folder,
                    "--master=spark://host:7077",
                    "--deploy-mode=clustr",
                    "--dry-run",
                    "version")
                .exits(2)
                .err())
        .isEqualTo("convoy: --deploy-mode clustr is unknown: give client or cluster\n");
    assertThat(
            Launcher.run(folder, Map.of("CONVOY_DRIVER_MEMORY", "abc"), "version").exits(2).err())
        .isEqualTo(
            "convoy: CONVOY_DRIVER_MEMORY or --driver-memory is 'abc': give a size such as 4g or"
                + " 900m\n");
    Files.createDirectories(folder.resolve("jars"));
    assertThat(
            Launcher.run(
                    folder,
                    Map.of("SPARK_HOME", folder.toString()),
                    "--master=spark://host:7077",
                    "version")
                .exits(2)
                .err())
        .isEqualTo(
            "convoy: SPARK_HOME=%s has no bin/spark-submit: name a whole Spark, or unset it to use the build's own%n"
                .formatted(folder));
  }

  @Test
  void aCheckoutMayHaveASpaceInItsPath() throws Exception {
    Path checkout = Files.createDirectories(folder.resolve("my check%out/scripts")).getParent();
    Path copy = checkout.resolve("scripts/convoy");
    Files.copy(launcher(), copy);
    Files.createDirectories(checkout.resolve("jobs"));
    Files.createSymbolicLink(checkout.resolve("jobs/target"), Launcher.HOME.resolve("jobs/target"));
    Finished version =
        process(
                sparkInstallation(),
                copy.toString(),
                "--master",
                "local-cluster[1,1,1024]",
                "version")
            .exits(0);
    assertThat(version.out()).startsWith("convoy ");
    assertThat(version.err()).isEmpty();
  }

  @Test
  void aBareSparkSubmitRunsAndSaysOnceWhatTheDriverLacks() throws Exception {
    Launcher.run(folder, "generate", "--out=in", "--classes=2", "--per-class=2", "--size=16")
        .exits(0);
    Finished prepared =
        bareSparkSubmit("prepare", "--source=folder", "--in=in", "--out=dataset").exits(0);
    assertThat(prepared.out()).startsWith("prepared ");
    assertThat(prepared.err())
        .containsOnlyOnce("the environment lacks LC_ALL=C.UTF-8")
        .contains("scripts/convoy sets it")
        .doesNotContain("MALLOC"); // This command opens no network.
    assertThat(bareSparkSubmit("version", "--verbose").exits(0).err())
        .containsOnlyOnce("the environment lacks MALLOC_MMAP_MAX_=0: glibc");
  }

  private Finished bareSparkSubmit(String... arguments) throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(sparkInstallation());
    // Surefire sets these variables for this process.
    for (String name : List.of("MALLOC_MMAP_MAX_", "LC_ALL", "LANG")) {
      environment.put(name, null);
    }

    List<String> command =
        new ArrayList<>(
            List.of(
                environment.get("SPARK_HOME") + "/bin/spark-submit",
                "--class=convoy.jobs.Main",
                "--master=local[1]",
                Launcher.HOME.resolve("jobs/target/convoy.jar").toString()));
    command.addAll(List.of(arguments));
    return process(environment, command.toArray(String[]::new));
  }

  /** Returns the environment of a Spark whose bin/spark-submit does what Spark's own does. */
  private Map<String, String> sparkInstallation() throws IOException {
    Path spark = Files.createDirectories(folder.resolve("spark"));
    if (!Files.exists(spark.resolve("jars"))) {
      Files.createSymbolicLink(
          spark.resolve("jars"), Launcher.HOME.resolve("jobs/target/spark/jars"));
    }

    executable(
        spark.resolve("bin/spark-submit"),
        """
        #!/bin/bash
        mapfile -d '' -t command < <("%1$s" -cp "%2$s/jars/*" org.apache.spark.launcher.Main \\
            org.apache.spark.deploy.SparkSubmit "$@")
        command[1]=${command[1]#$'\\n'}
        exec "${command[@]:1}"
        """
            .formatted(Path.of(System.getProperty("java.home"), "bin", "java"), spark));
    return Map.of(
        "SPARK_HOME", spark.toString(),
        "SPARK_SCALA_VERSION", "2.12",
        "SPARK_LOCAL_IP", "127.0.0.1");
  }

  @Test
  void anotherJavaIsRefused() throws Exception {
    Path java =
        executable(folder.resolve("jdk/bin/java"), "#!/bin/sh\necho 'openjdk version \"21\"'\n");

    assertThat(
            Launcher.run(folder, Map.of("JAVA_HOME", folder.resolve("jdk").toString()), "version")
                .exits(2)
                .err())
        .isEqualTo(
            "convoy: needs Java 17, %s is Java 21: set JAVA_HOME to a JDK 17%n".formatted(java));
  }

  @Test
  void withoutABuildItNamesTheCommandThatBuilds() throws Exception {
    Path copy = Files.createDirectories(folder.resolve("checkout/scripts")).resolve("convoy");
    Files.copy(launcher(), copy);

    assertThat(process(Map.of(), copy.toString(), "version").exits(2).err())
        .isEqualTo(
            "convoy: not built yet: run (cd '%s' && mvn -q -DskipTests package)%n"
                .formatted(folder.resolve("checkout")));
  }

  @Test
  void aJarOfAnInterruptedBuildIsCalledSo() throws Exception {
    Path checkout = folder.resolve("interrupted");
    Path copy = Files.createDirectories(checkout.resolve("scripts")).resolve("convoy");
    Files.copy(launcher(), copy);
    Files.createDirectories(checkout.resolve("jobs/target/spark/jars"));
    Files.write(checkout.resolve("jobs/target/convoy.jar"), new byte[100_000]);

    assertThat(process(Map.of(), copy.toString(), "version").exits(2).err())
        .isEqualTo(
            "convoy: not built: a build is still running, or the last one was interrupted; then run (cd '%s' && mvn -q -DskipTests package)%n"
                .formatted(checkout));
  }

  /** systemd starts services so. Each program then says itself that nobody reads its output. */
  @Test
  void itIsSilentWhereItsParentIgnoresBrokenPipes() throws Exception {
    Finished version =
        process(Map.of(), "bash", "-c", "trap '' PIPE; exec \"$0\" version", "" + launcher())
            .exits(0);
    assertThat(version.out()).startsWith("convoy ");
    assertThat(version.err()).isEmpty();
  }

  private static Path executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path launcher() {
    return Launcher.HOME.resolve("scripts/convoy");
  }

  private Finished process(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return Finished.run(Duration.ofMinutes(1), environment, folder, List.of(command));
  }
}
