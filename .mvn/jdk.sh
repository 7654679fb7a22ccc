# Sourced by ./muster and ./build: sets JAVA_HOME to a JDK >= 25, and jdk_version, or says what to install and ends.
# Maven on such a JDK is told not to warn of its own libraries' use of Unsafe.

is_jdk() { # whether one of at least 25 is in $1; its version is in jdk_version then. Starts no process: every start waits for this.
  local release
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return
  read -r -d '' release <"$1/release" || true
  [[ $release =~ JAVA_VERSION=\"([0-9]+)([^\"]*) ]] && [ "${BASH_REMATCH[1]}" -ge 25 ] || return
  jdk_version=${BASH_REMATCH[1]}${BASH_REMATCH[2]}
}

find_jdk() {
  local on_path candidate
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/javac}
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
      "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk "$candidate"; then
      export JAVA_HOME=$candidate MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
      return
    fi
  done
  echo "muster: needs a JDK 25 or newer and found none (install temurin-25-jdk, or set JAVA_HOME)" >&2
  exit 1
}
