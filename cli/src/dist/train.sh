#!/bin/sh
# train.sh JAVA_HOME DIST CLASSPATH EXAMPLES [daemon]: runs the real commands while the JVM records what they need, and makes
# DIST/netyard.aot of it. With `daemon`, in namespaces of its own, it runs labs, and makes DIST/daemon.aot as well.
set -eu
java=$1/bin/java dist=$2 classpath=$3 examples=$4 daemon=${5-}
here=$(cd "${0%/*}" && pwd -P)
lab=training
folder=/run/netyard/$lab

set -- --enable-native-access=ALL-UNNAMED -Djna.nounpack=true -Djna.boot.library.path="$dist/native" \
  -Djava.library.path="$dist/native" -cp "$classpath"
train() {
  "$java" -XX:AOTCacheOutput="$dist/netyard.aot" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$@"
}

if [ -z "$daemon" ]; then
  train "$@" io.netyard.cli.Training "$examples/bridge.yaml"
  exit
fi

mount -t tmpfs run /run
mkdir -p -m 700 "$folder"
: > "$folder/lock" # as runs of a lab have it
# As the other commands start it, but it records. It ends when its socket is gone.
"$java" -XX:AOTMode=record -XX:AOTConfiguration="$dist/daemon.aotconf" -XX:+UseSerialGC \
  --sun-misc-unsafe-memory-access=allow "$@" io.netyard.cli.Main daemon "$lab" &
pid=$!
trap 'kill "$pid" 2>/dev/null || true' EXIT
tries=600
while [ ! -S "$folder/daemon.sock" ]; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] && kill -0 "$pid" || { echo "the daemon did not start" >&2; exit 1; }
  sleep 0.1
done
train "$@" io.netyard.cli.Training "$examples/bridge.yaml" "$here/$lab.yaml"
rm "$folder/daemon.sock"
wait "$pid"
"$java" -XX:AOTMode=create -XX:AOTConfiguration="$dist/daemon.aotconf" -XX:AOTCache="$dist/daemon.aot" -XX:+UseSerialGC "$@"
rm "$dist/daemon.aotconf"
