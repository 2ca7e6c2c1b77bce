# Sourced by mvnw and netyard: sets JAVA_HOME to a JDK 25 or newer, or says in one sentence that there is none.
# A JDK is judged by the "release" file in its home, so that no JVM is started to ask.
netyard_jdk_version() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      value=${value%\"}
      echo "${value%%[.+-]*}"
      return 0
    fi
  done < "$1/release"
  return 1
}

netyard_find_jdk() {
  on_path=$(command -v java 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/java}
  set +f
  for home in "${JAVA_HOME-}" "$on_path" /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME-/root}"/.sdkman/candidates/java/* "${HOME-/root}"/.jdks/*; do
    [ -n "$home" ] || continue
    version=$(netyard_jdk_version "$home") || continue
    if [ "$version" -ge 25 ] 2>/dev/null; then
      JAVA_HOME=$home
      export JAVA_HOME
      return 0
    fi
  done
  echo "netyard: no JDK 25 or newer found; install one (for example the package temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME to it." >&2
  return 1
}
