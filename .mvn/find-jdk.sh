# Sourced by mvnw and netyard: sets JAVA_HOME to a JDK 25 or newer, or says in one sentence that there is none.
# A JDK is judged by the "release" file in its home, so that no JVM, and no other process, is started to ask.

# Sets jdk_version to the major version of the JDK in a folder.
netyard_jdk_version() {
  jdk_version=
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r jdk_key jdk_value; do
    if [ "$jdk_key" = JAVA_VERSION ]; then
      jdk_value=${jdk_value#\"}
      jdk_value=${jdk_value%\"}
      jdk_version=${jdk_value%%[.+-]*}
      return 0
    fi
  done < "$1/release"
  return 1
}

netyard_find_jdk() {
  set +f
  for jdk_home in "${JAVA_HOME-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME-/root}"/.sdkman/candidates/java/* "${HOME-/root}"/.jdks/*; do
    [ -n "$jdk_home" ] || continue
    netyard_jdk_version "$jdk_home" || continue
    if [ "$jdk_version" -ge 25 ] 2>/dev/null; then
      JAVA_HOME=$jdk_home
      export JAVA_HOME
      return 0
    fi
  done
  jdk_home=$(command -v javac) && jdk_home=$(readlink -f "$jdk_home") && jdk_home=${jdk_home%/bin/javac} &&
    netyard_jdk_version "$jdk_home" && [ "$jdk_version" -ge 25 ] 2>/dev/null && JAVA_HOME=$jdk_home && export JAVA_HOME && return 0
  echo "netyard: no JDK 25 or newer found; install one (for example the package temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME to it." >&2
  return 1
}
