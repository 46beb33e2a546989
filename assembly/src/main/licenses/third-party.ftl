Convoy (META-INF/LICENSE) contains the work of others.

1. The artifacts in this jar, from their projects' own statements. Where several licenses stand, Convoy takes Apache-2.0.
   The text of Apache-2.0 is META-INF/LICENSE, that of MIT (jHDF) META-INF/licenses/jhdf.txt; notices are merged in META-INF/NOTICE.

<#list dependencyMap as e>
${e.getKey().groupId}:${e.getKey().artifactId}:${e.getKey().version}  <#list e.getValue() as license>${license}<#sep>, </#list>
</#list>

2. What some of them contain.

org.nd4j:jackson
  com.fasterxml.jackson.core:jackson-annotations, com.fasterxml.jackson.core:jackson-core, com.fasterxml.jackson.core:jackson-databind,
  com.fasterxml.jackson.dataformat:jackson-dataformat-xml, com.fasterxml.jackson.dataformat:jackson-dataformat-yaml,
  com.fasterxml.jackson.datatype:jackson-datatype-joda, com.fasterxml.woodstox:woodstox-core, org.yaml:snakeyaml  Apache-2.0
  org.codehaus.woodstox:stax2-api  BSD-2-Clause (META-INF/licenses/BSD-2-Clause.txt)
org.nd4j:guava, org.nd4j:protobuf
  com.google.guava:guava, com.google.guava:failureaccess, com.google.guava:listenablefuture, com.google.errorprone:error_prone_annotations,
  com.google.j2objc:j2objc-annotations, com.google.code.findbugs:jsr305  Apache-2.0
  com.google.protobuf:protobuf-java, com.google.protobuf:protobuf-java-util  BSD-3-Clause (META-INF/licenses/BSD-3-Clause.txt)
org.nd4j:nd4j-api
  definitions of TensorFlow and ONNX  Apache-2.0
com.fasterxml.jackson.core:jackson-core
  FastDoubleParser (META-INF/FastDoubleParser-LICENSE, META-INF/FastDoubleParser-NOTICE), bigint (META-INF/bigint-LICENSE)
org.bytedeco:dnnl, org.nd4j:nd4j-native
  oneDNN, oneTBB (libtbb), FlatBuffers  Apache-2.0
  Xbyak, Instrumentation and Tracing Technology API  BSD-3-Clause (META-INF/licenses/BSD-3-Clause.txt)
org.bytedeco:openblas
  OpenBLAS (META-INF/licenses/OpenBLAS.txt), LAPACK (META-INF/licenses/LAPACK.txt)
org.bytedeco:opencl
  OpenCL ICD loader  Apache-2.0
org.bytedeco:opencv
  OpenCV  Apache-2.0; what it contains: org/bytedeco/opencv/linux-x86_64/share/licenses; libwebp (META-INF/licenses/libwebp.txt)
GCC's run-time libraries beside them (libgomp, libgcc_s, libgfortran)
  GPL-3.0 with the GCC Runtime Library Exception (META-INF/licenses/GPL-3.0.txt, META-INF/licenses/GCC-exception-3.1.txt)
libquadmath
  LGPL-2.1 (META-INF/licenses/LGPL-2.1.txt)
