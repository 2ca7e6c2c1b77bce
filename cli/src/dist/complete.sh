#!/bin/sh
# complete.sh JAVA_HOME JAR DIST EXAMPLES TEST_CLASSES VERSION: completes the distribution after its libraries were collected.
#
#   lib/      all jars
#   native/   the native libraries of JNA and Netty, so that nothing is unpacked at run time
#   share/    manual pages, completion of commands
#   shell/    what shells read when they start in a node
#   netyard.aot  classes loaded and linked ahead of time (JEP 483, 515), from a training run of the real commands
#   daemon.aot   the same for the daemon of a lab
set -eu
java_home=$1 jar=$2 dist=$3 examples=$4 test_classes=$5 version=$6

cp "$jar" "$dist/lib/"
"$java_home/bin/java" "${0%/*}/RenewClassFiles.java" "$dist"/lib/picocli-*.jar

case $(uname -m) in
  x86_64) arch=x86-64 netty=x86_64 ;;
  aarch64) arch=aarch64 netty=aarch_64 ;;
  *) echo "netyard: no native library of JNA for $(uname -m)" >&2; exit 1 ;;
esac
mkdir -p "$dist/native"
(cd "$dist/native" && "$java_home/bin/jar" xf "$dist"/lib/jna-*.jar "com/sun/jna/linux-$arch/libjnidispatch.so")
mv "$dist/native/com/sun/jna/linux-$arch/libjnidispatch.so" "$dist/native/"
(cd "$dist/native" && "$java_home/bin/jar" xf "$dist"/lib/netty-transport-native-epoll-*-linux-$netty.jar \
  "META-INF/native/libnetty_transport_native_epoll_$netty.so")
mv "$dist/native/META-INF/native/libnetty_transport_native_epoll_$netty.so" "$dist/native/"
rm -r "$dist/native/com" "$dist/native/META-INF"

# The class path is part of what the cache is checked against: the launcher uses the same line.
classpath=
for each in "$dist"/lib/*.jar; do
  classpath=$classpath${classpath:+:}$each
done

if [ -f "$test_classes/io/netyard/cli/ManPages.class" ]; then
  "$java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$classpath:$test_classes" \
    io.netyard.cli.ManPages "$dist/share/man/man1" "$version"
else
  echo "netyard: built without test classes, so without manual pages" >&2
fi
rm -rf "$dist/shell"
cp -r "${0%/*}/shell" "$dist/shell"
mkdir -p "$dist/share/bash-completion/completions"
"$java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$classpath" \
  io.netyard.cli.Main completion > "$dist/share/bash-completion/completions/netyard"

rm -f "$dist/netyard.aot" "$dist/daemon.aot" "$dist/classpath"
set -- "${0%/*}/train.sh" "$java_home" "$dist" "$classpath" "$examples"
if unshare --net --mount true 2>/dev/null; then
  set -- unshare --net --mount --propagation private "$@" daemon
else
  echo "netyard: no right to make namespaces, so the start-up cache is trained on validate alone" >&2
fi
"$@" > "$dist/training.log" 2>&1 || { cat "$dist/training.log" >&2; exit 1; }

# Last, since the launcher takes it as the sign that the distribution is complete.
printf '%s\n' "$classpath" > "$dist/classpath"
