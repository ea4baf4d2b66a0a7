# shellcheck shell=sh
# Read by ../evergrant and ../verify: finds JDKs without starting them. A JDK's version is in its file `release`.

# Prints the major version of the JDK in the folder $1; fails if there is none.
jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  version=
  if [ -r "$1/release" ]; then
    while IFS='=' read -r key value; do
      [ "$key" != JAVA_VERSION ] || version=$value
    done <"$1/release"
  fi
  [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version //p')
  version=${version#\"}
  version=${version#1.}
  version=${version%%[!0-9]*}
  [ -n "$version" ] && echo "$version"
}

# Prints "MAJOR FOLDER" for every JDK in the usual places, the newest first.
installed_jdks() {
  for home in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home "${HOME:-/nonexistent}"/.sdkman/candidates/java/*; do
    major=$(jdk_major "$home") && echo "$major $home"
  done | sort -rn
}

# Prints the folder of an installed JDK whose major version is from $1 to $2, the newest of them; fails if there is none.
installed_jdk() {
  found=$(installed_jdks | while read -r major home; do
    if [ "$major" -ge "$1" ] && [ "$major" -le "$2" ]; then
      echo "$home"
      break
    fi
  done)
  [ -n "$found" ] && echo "$found"
}

# True if the folder $1 holds a JDK that Evergrant runs on.
jdk_suits() {
  major=$(jdk_major "$1") && [ "$major" -ge 17 ]
}

# Prints the folder of the JDK to use when nobody names one: an installed 25, JAVA_HOME, the one behind `java`, any other.
default_jdk() {
  installed_jdk 25 25 && return
  if [ -n "${JAVA_HOME:-}" ] && jdk_suits "$JAVA_HOME"; then
    echo "$JAVA_HOME"
    return
  fi
  # Only the program itself knows its home: it may be a link, a version manager's shim, or the stub of macOS.
  home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  if [ -n "$home" ] && jdk_suits "$home"; then
    echo "$home"
    return
  fi
  installed_jdk 17 999
}

# Prints the folder of the JDK to use; says on standard error what to do if there is none.
choose_jdk() {
  if [ -n "${EVERGRANT_JAVA_HOME:-}" ]; then
    jdk_suits "$EVERGRANT_JAVA_HOME" && echo "$EVERGRANT_JAVA_HOME" && return
    echo "evergrant: EVERGRANT_JAVA_HOME=$EVERGRANT_JAVA_HOME is not a JDK 17 or later." >&2
    return 1
  fi
  default_jdk && return
  echo "evergrant: no JDK 17 or later found. Install one (Debian, Ubuntu: apt-get install openjdk-17-jdk;" \
    "macOS: brew install openjdk; others: https://adoptium.net), or set EVERGRANT_JAVA_HOME to its folder." >&2
  return 1
}
