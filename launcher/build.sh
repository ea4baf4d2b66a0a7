# shellcheck shell=sh disable=SC2154 # root, state, current, jdk and jar are the launcher's
# Read by ../evergrant when the application is missing or older than its sources.
#
# The lock is the folder $state/lock with one file in it, named after the process that holds it; the file holds the
# number of that process's Maven. To break the lock of a dead process is to remove its file, by name, then the folder,
# which goes only if it is empty: so nobody can remove a lock that was taken meanwhile.
#
# An application is never changed once it is there: each build gets a folder of its own, and one rename of $current
# makes it the one that is started next. Running programs keep the jars they were started with.

rehearsal=io.github.evergrant.cli.Rehearsal
lock=$state/lock
mine=$lock/$$

# True if process $1 is there and not a zombie.
alive() {
  if kill -0 "$1" 2>/dev/null; then
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
    case ${stat##*) } in [ZX]*) return 1 ;; esac
    return 0
  fi
  case $(LC_ALL=C kill -0 "$1" 2>&1) in *permitted*) return 0 ;; esac
  return 1
}

take_lock() {
  mkdir "$lock" 2>/dev/null || return 1
  { echo >"$mine"; } 2>/dev/null || return 1 # an empty folder is anyone's to remove
  set -- "$lock"/*
  [ $# -eq 1 ] && return
  rm -f "$mine"
  return 1
}

leave_lock() {
  rm -f "$mine"
  rmdir "$lock" 2>/dev/null
}

# Removes the lock if whoever took it is gone; an empty one after 6 looks, since its taker may be about to sign it.
break_dead_lock() {
  set -- "$lock"/*
  if [ ! -e "$1" ]; then
    unsigned=$((unsigned + 1))
    [ "$unsigned" -lt 6 ] || rmdir "$lock" 2>/dev/null
    return
  fi
  unsigned=0
  owner=${1##*/}
  if [ "$owner" != $$ ]; then # ours would be from before a restart of the machine
    alive "$owner" && return
    theirs=
    { read -r theirs <"$1"; } 2>/dev/null
    [ -n "$theirs" ] && alive "$theirs" && return
  fi
  rm -f "$1" && rmdir "$lock" 2>/dev/null
}

report_failure() {
  complain "the build failed; the end of target/run/build.log:"
  tail -n 40 "$state/build.log" >&2
}

# The paths an application is built from, relative to $root; the JVM's options, which its archive is made for, are among
# them.
sources() {
  echo evergrant
  echo launcher
  (cd "$root" && find . \( -name '.?*' -o -name target -o -name src \) -prune -o -name pom.xml -print) |
    while IFS= read -r pom; do
      pom=${pom#./}
      echo "$pom"
      if [ -d "$root/${pom%pom.xml}src/main" ]; then echo "${pom%pom.xml}src/main"; fi
    done
}

# Removes applications that nobody uses. The one before this is kept: someone may be about to start it.
sweep() {
  programs=$(ps -A -ww -o args= 2>/dev/null || cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n')
  [ -n "$programs" ] || return 0
  for old in "$state"/app-*; do
    case "$1 $2 $programs" in
      *"/${old##*/}/"*) ;;
      *) rm -rf "$old" ;;
    esac
  done
}

interrupted() {
  if [ -n "$maven" ]; then
    kill "$maven" 2>/dev/null
    wait "$maven"
  fi
  leave_lock
  exit "$1"
}

# Builds, under the lock, and points $current at what was built.
build() {
  complain "building (Maven writes to target/run/build.log) ..."
  rm -f "$state/failed"
  echo >"$state/begun" # what changes from now on is newer than this build
  (
    cd "$root" && export JAVA_HOME="$build_jdk" &&
      exec ./mvnw -B -ntp -DskipTests -Dspotless.check.skip=true -pl cli -am package
  ) </dev/null >"$state/build.log" 2>&1 &
  maven=$!
  echo "$maven" >"$mine"
  wait "$maven"
  status=$?
  maven=
  [ $status -ne 0 ] || install_build || status=1
  [ $status -eq 0 ] || echo >"$state/failed"
  return $status
}

# Makes the start-up archives of the application $jar for the JDK $1, in the folder $archives, which is there from then
# on. The program starts faster with them, and as well without: any failure leaves one out. What scripts call in a loop has
# archives of its own: one that holds more takes longer to load, even if nothing of it is used.
# shellcheck disable=SC2086 # $short is words
archive() (
  scratch=$root/${jar%/*}/rehearsal
  rm -rf "$scratch" && mkdir -p "$scratch/start/quick" "$scratch/start/glance" "${archives%/*}" && cd "$scratch" || exit
  version=$(jdk_major "$1") || exit
  # The driver's own library is unpacked there, so that it need not be at each start.
  set -- "$1/bin/java" "-Dorg.sqlite.lib.path=$root/${jar%/*}/native" -Dsun.net.httpserver.nodelay=true -cp "$root/$jar"
  "$@" $short "$rehearsal" login "$scratch/home"
  record "$version" glance "$glance" glance "$scratch/home" "$@"
  record "$version" quick "$short" quick "$scratch/home" "$@"
  record "$version" . "$short" all "$scratch/again" "$@"
  mv start "$archives"
  cd / && rm -rf "$scratch"
) </dev/null >>"$state/build.log" 2>&1

# Makes an archive for a JDK of version $1 in the folder start/$2, for the options $3, of what the rehearsal does by the word
# $4 in the folder $5; the other words run Java.
# shellcheck disable=SC2086 # the options are words
record() (
  version=$1
  into=start/$2
  flags=$3
  word=$4
  home=$5
  shift 5
  if [ "$version" -ge 25 ]; then
    "$@" $flags -XX:AOTCacheOutput="$into/AOTCache" "$rehearsal" "$word" "$home" || rm -f "$into/AOTCache"
  elif "$@" -Xshare:off -XX:DumpLoadedClassList=list "$rehearsal" "$word" "$home"; then
    "$@" -Xshare:dump $flags -XX:SharedClassListFile=list -XX:SharedArchiveFile="$into/SharedArchiveFile" ||
      rm -f "$into/SharedArchiveFile"
  fi
)

# The same for a JDK that the application was not built for, under the lock: who does not get it at once, goes without.
archive_once() {
  owner='?'
  unsigned=0
  take_lock || { break_dead_lock && take_lock; } || return 0
  trap 'leave_lock; exit 130' INT
  trap 'leave_lock; exit 143' TERM
  trap 'leave_lock; exit 129' HUP
  [ -d "$archives" ] || archive "$1"
  leave_lock
  trap - INT TERM HUP
} 2>/dev/null

install_build() {
  before=$jar
  app=target/run/app-$(date +%Y%m%d%H%M%S)-$$
  # shellcheck disable=SC2012 # our own names; the newest, since a changed version leaves the old jar behind
  main=$(cd "$root/cli/target/app" && ls -t evergrant-cli-*.jar | head -n 1) && [ -n "$main" ] &&
    mkdir "$root/$app" && cp "$root"/cli/target/app/*.jar "$root/$app/" || return 1
  home=$(default_jdk) || home= # EVERGRANT_JAVA_HOME is for this run only
  jar=$app/$main
  [ -z "$home" ] || ! find_archives "$home" || archive "$home"
  {
    echo "$home"
    echo "$jar"
    sources
  } >"$root/$app/current" &&
    touch -r "$state/begun" "$root/$app/current" &&
    mv -f "$root/$app/current" "$current" || return 1
  sweep "$app/" "$before" || :
}

# Sees to it that there is a fresh application, built by us or by whoever was first; ends the program if there cannot be.
build_once() {
  if [ "${EVERGRANT_NO_BUILD:-}" = 1 ]; then
    complain "nothing to run: no application was built, or its JDK is gone, and EVERGRANT_NO_BUILD=1 forbids to build."
    exit 2
  fi
  build_jdk=$(choose_jdk) || exit 2
  if ! mkdir -p "$state" || [ ! -w "$state" ]; then
    complain "the program must be built, and $state cannot be written. Run it once as the owner of that folder."
    exit 1
  fi
  owner='?'
  maven=
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  trap 'interrupted 129' HUP
  looks=0
  unsigned=0
  until take_lock; do
    break_dead_lock
    if [ $looks -ge 1200 ]; then
      complain "process $owner has been building for too long. If it is no build, remove $lock and try again."
      exit 1
    fi
    [ $looks -gt 0 ] || complain "waiting for the build that process $owner has begun ..."
    sleep 0.5
    looks=$((looks + 1))
    # Who waited for a build shares its end, be it a failure.
    if [ ! -d "$lock" ] && [ -e "$state/failed" ]; then
      report_failure
      exit 1
    fi
  done
  if ! fresh && ! build; then
    leave_lock
    report_failure
    exit 1
  fi
  leave_lock
  trap - INT TERM HUP
  fresh
}
