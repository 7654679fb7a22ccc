# Sourced by ./muster and ./build: sets JAVA_HOME to a JDK >= 25, or says what to install and ends.
# Maven on such a JDK is told not to warn of its own libraries' use of Unsafe.

jdk_release() { # prints the feature release of the JDK in $1, nothing if there is none
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  local on_path candidate release
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/javac}
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
      "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] || continue
    release=$(jdk_release "$candidate") || continue
    if [ "${release:-0}" -ge 25 ]; then
      export JAVA_HOME=$candidate MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
      return
    fi
  done
  echo "muster: needs a JDK 25 or newer and found none (install temurin-25-jdk, or set JAVA_HOME)" >&2
  exit 1
}
