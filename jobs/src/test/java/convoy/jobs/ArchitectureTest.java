package convoy.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import convoy.data.files.Storage;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.train.sync.SyncRule;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.util.Progressable;

/** The allowed dependencies between modules, and the few classes with special permissions. */
@AnalyzeClasses(packages = "convoy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] ZOO = {"convoy.zoo.."};
  private static final String[] DATA = {"convoy.data.."};
  private static final String[] ENGINE = {
    "org.nd4j..", "org.deeplearning4j..", "org.bytedeco.dnnl.."
  };

  /** Each package is a slice, without the packages inside it. */
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return type.getPackageName().startsWith("convoy.")
              ? SliceIdentifier.of(type.getPackageName())
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "packages of Convoy";
        }
      };

  @ArchTest
  static final ArchRule packagesFormNoCircle =
      slices()
          .assignedFrom(PACKAGES)
          .should()
          .beFreeOfCycles()
          .because("imports go down only: docs/architecture.md shows in which order");

  @ArchTest
  static final ArchRule optionsKnowNothing =
      classes()
          .that()
          .resideInAPackage("convoy.options..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("convoy.options..", "java..")
          .because("every module builds on the option language");

  @ArchTest
  static final ArchRule theZooKnowsNetworksOnly =
      noClasses()
          .that()
          .resideInAnyPackage(ZOO)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "convoy.jobs..",
              "convoy.data..",
              "org.apache.spark..",
              "org.apache.hadoop..",
              "org.apache.parquet..",
              "scala..",
              "picocli..")
          .because("model-zoo reads and writes through channels and streams that jobs opens");

  @ArchTest
  static final ArchRule dataPreparationKnowsPixelsAndShardsOnly =
      noClasses()
          .that()
          .resideInAnyPackage(DATA)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "convoy.jobs..",
                      "convoy.zoo..",
                      "org.apache.spark..",
                      "scala..",
                      "picocli..",
                      "org.nd4j..",
                      "org.deeplearning4j..")
                  .or(
                      resideInAPackage("org.apache.hadoop..")
                          .and(
                              not(
                                  resideInAnyPackage(
                                      "org.apache.hadoop.fs..", "org.apache.hadoop.conf..")))
                          // A parameter of FileSystem's own methods.
                          .and(not(type(Progressable.class)))))
          .because("the seam between data-prep and the network is made of JDK types");

  @ArchTest
  static final ArchRule theEngineBelowIsSeenInTwoPlaces =
      noClasses()
          .that()
          .resideOutsideOfPackages("convoy.zoo..", "convoy.averaging.dl4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE)
          .because("the engine below can then change without touching the jobs");

  @ArchTest
  static final ArchRule primitivesAreCalledFromPlansOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("convoy.zoo.plan..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco.dnnl..")
          .because("a plan is the one way to oneDNN");

  @ArchTest
  static final ArchRule jobsSeeTheNetworkThroughItsFace =
      noClasses()
          .that()
          .resideInAPackage("convoy.jobs..")
          .and()
          .resideOutsideOfPackage("convoy.averaging.dl4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "convoy.zoo.dl4j..",
              "convoy.zoo.nd4j..",
              "convoy.zoo.plan..",
              "convoy.zoo.loops..",
              "convoy.zoo.networks..")
          .because("jobs uses convoy.zoo, its engine, format, graph and optimizer packages");

  private static final DescribedPredicate<JavaClass> THE_INSIDE_OF_SPARK =
      resideInAnyPackage(
              "scala..",
              "org.apache.spark.rdd..",
              "org.apache.spark.storage..",
              "org.apache.spark.scheduler..",
              "org.apache.spark.serializer..",
              "org.apache.spark.shuffle..",
              "org.apache.spark.status..",
              "org.apache.spark.util..")
          .or(name("org.apache.spark.SparkEnv"))
          .or(name("org.apache.spark.Partitioner"))
          // The level that JavaRDD.persist takes.
          .and(not(name("org.apache.spark.storage.StorageLevel")))
          .as("the inside of Spark and Scala");

  @ArchTest
  static final ArchRule onePackageTouchesTheInsideOfSpark =
      noClasses()
          .that()
          .resideInAPackage("convoy..")
          .and()
          .resideOutsideOfPackages("convoy.jobs.spark.internal..", "convoy.averaging.dl4j..")
          .should()
          .dependOnClassesThat(THE_INSIDE_OF_SPARK)
          .because("another version of Spark or Scala then needs changes in one place");

  @ArchTest
  static final ArchRule rulesKnowNothingOfSpark =
      noClasses()
          .that()
          .implement(SyncRule.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..", "scala..", "convoy.jobs.spark..")
          .because("how slices travel may change below a rule");

  // By name, as classes of libraries are not read: JobConf is one too.
  private static final DescribedPredicate<JavaClass> A_CONFIGURATION =
      resideInAPackage("org.apache.hadoop..")
          .and(simpleNameEndingWith("Configuration").or(simpleNameEndingWith("Conf")));

  @ArchTest
  static final ArchRule hdf5IsReadInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("convoy.zoo.importing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.jhdf..")
          .because("its errors are of many kinds, and are made one kind there");

  @ArchTest
  static final ArchRule theHadoopConfigurationIsMadeInOnePlace =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(HadoopSettings.class.getName())
          .should()
          .callConstructorWhere(target(owner(A_CONFIGURATION)))
          .because("a fresh Configuration in a task loses --conf spark.hadoop.*");

  @ArchTest
  static final ArchRule fileSystemsAreOpenedInOnePlace =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Storage.class.getName())
          .should()
          .callMethod(Path.class, "getFileSystem", Configuration.class)
          .orShould()
          .callMethod(FileSystem.class, "get", Configuration.class)
          .because("Hadoop's own local file system replaces a file in two steps");

  /** What the rule of configurations must not pass over. */
  @SuppressWarnings("unused")
  private static final class Offender {
    Configuration copy(Configuration other) {
      return new Configuration(other);
    }

    Configuration subclass() {
      return new JobConf();
    }
  }

  @ArchTest
  static void copiesAndSubclassesOfAConfigurationAreSeenToo(JavaClasses ours) {
    assertThat(ours).isNotEmpty();
    assertThat(
            theHadoopConfigurationIsMadeInOnePlace
                .evaluate(new ClassFileImporter().importClasses(Offender.class))
                .getFailureReport()
                .getDetails())
        .hasSize(2);
  }

  @ArchTest
  static final ArchRule onlyMainExits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Main.class.getName())
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .because("exit codes are decided in one place");

  @ArchTest
  static final ArchRule nothingLivesOutsideTheFourModules =
      classes()
          .that()
          .resideInAPackage("convoy..")
          .should()
          .resideInAnyPackage(
              "convoy.jobs..",
              "convoy.zoo..",
              "convoy.data..",
              "convoy.options..",
              "convoy.averaging..");
}
