# shellcheck shell=sh disable=SC2154 # _root, _state, _current, _jdk and _jar are the launcher's
# Read by ../evergrant when the application is missing or older than its sources.
#
# The lock is the folder $_state/lock with one file in it, named after the process that holds it; the file holds the
# number of that process's Maven. To break the lock of a dead process is to remove its file, by name, then the folder,
# which goes only if it is empty: so nobody can remove a lock that was taken meanwhile.
#
# An application is never changed once it is there: each build gets a folder of its own, and one rename of $_current
# makes it the one that is started next. Running programs keep the jars they were started with.

_rehearsal=io.github.evergrant.cli.Rehearsal
_lock=$_state/lock
_mine=$_lock/$$

# True if process $1 is there and not a zombie.
alive() {
  if kill -0 "$1" 2>/dev/null; then
    { read -r _stat <"/proc/$1/stat"; } 2>/dev/null || return 0
    case ${_stat##*) } in [ZX]*) return 1 ;; esac
    return 0
  fi
  case $(LC_ALL=C kill -0 "$1" 2>&1) in *permitted*) return 0 ;; esac
  return 1
}

take_lock() {
  mkdir "$_lock" 2>/dev/null || return 1
  { echo >"$_mine"; } 2>/dev/null || return 1 # an empty folder is anyone's to remove
  set -- "$_lock"/*
  [ $# -eq 1 ] && return
  rm -f "$_mine"
  return 1
}

leave_lock() {
  rm -f "$_mine"
  rmdir "$_lock" 2>/dev/null
}

# Removes the lock if whoever took it is gone; an empty one after 6 looks, since its taker may be about to sign it.
break_dead_lock() {
  set -- "$_lock"/*
  if [ ! -e "$1" ]; then
    _unsigned=$((_unsigned + 1))
    [ "$_unsigned" -lt 6 ] || rmdir "$_lock" 2>/dev/null
    return
  fi
  _unsigned=0
  _owner=${1##*/}
  if [ "$_owner" != $$ ]; then # ours would be from before a restart of the machine
    alive "$_owner" && return
    _theirs=
    { read -r _theirs <"$1"; } 2>/dev/null
    [ -n "$_theirs" ] && alive "$_theirs" && return
  fi
  rm -f "$1" && rmdir "$_lock" 2>/dev/null
}

report_failure() {
  complain "the build failed; the end of target/run/build.log:"
  tail -n 40 "$_state/build.log" >&2
}

# The paths an application is built from, relative to $_root; the JVM's options, which its archive is made for, are among
# them.
sources() {
  echo evergrant
  echo launcher
  (cd "$_root" && find . \( -name '.?*' -o -name target -o -name src \) -prune -o -name pom.xml -print) |
    while IFS= read -r _pom; do
      _pom=${_pom#./}
      echo "$_pom"
      if [ -d "$_root/${_pom%pom.xml}src/main" ]; then echo "${_pom%pom.xml}src/main"; fi
    done
}

# Removes applications that nobody uses. The one before this is kept: someone may be about to start it.
sweep() {
  _programs=$(ps -A -ww -o args= 2>/dev/null || cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n')
  [ -n "$_programs" ] || return 0
  for _old in "$_state"/app-*; do
    case "$1 $2 $_programs" in
      *"/${_old##*/}/"*) ;;
      *) rm -rf "$_old" ;;
    esac
  done
}

interrupted() {
  if [ -n "$_maven" ]; then
    kill "$_maven" 2>/dev/null
    wait "$_maven"
  fi
  leave_lock
  exit "$1"
}

# Builds, under the lock, and points $_current at what was built.
build() {
  complain "building (Maven writes to target/run/build.log) ..."
  rm -f "$_state/failed"
  echo >"$_state/begun" # what changes from now on is newer than this build
  (
    cd "$_root" && export JAVA_HOME="$_build_jdk" &&
      exec ./mvnw -B -ntp -DskipTests -Dspotless.check.skip=true -pl cli -am package
  ) </dev/null >"$_state/build.log" 2>&1 &
  _maven=$!
  echo "$_maven" >"$_mine"
  wait "$_maven"
  _status=$?
  _maven=
  [ $_status -ne 0 ] || install_build || _status=1
  [ $_status -eq 0 ] || echo >"$_state/failed"
  return $_status
}

# Makes the start-up archives of the application $_jar for the JDK $1, in the folder $_archives, which is there from then
# on. The program starts faster with them, and as well without: any failure leaves one out. What scripts call in a loop has
# archives of its own: one that holds more takes longer to load, even if nothing of it is used.
# shellcheck disable=SC2086 # $_short is words
archive() (
  _scratch=$_root/${_jar%/*}/rehearsal
  rm -rf "$_scratch" && mkdir -p "$_scratch" "${_archives%/*}" && cd "$_scratch" || exit
  _version=$(jdk_major "$1") || exit
  # The driver's own library is unpacked there, so that it need not be at each start.
  set -- "$1/bin/java" "-Dorg.sqlite.lib.path=$_root/${_jar%/*}/native" -Dsun.net.httpserver.nodelay=true -cp "$_root/$_jar"
  # It serves the others, until nobody holds its standard input any more.
  mkfifo hold said || { mkdir -p "$_archives" && exit; }
  "$@" $_short "$_rehearsal" login "$_scratch/home" <hold >said &
  exec 3>hold
  while read -r _ready && [ "$_ready" != ready ]; do :; done <said # a JVM may say more
  record "$_version" glance "$_glance" glance "$_scratch/home" "$@"
  record "$_version" glance-sqlite "$_glance" glance-sqlite "$_scratch/home" "$@"
  record "$_version" quick "$_short" quick "$_scratch/home" "$@"
  record "$_version" renewal "$_short" renewal "$_scratch/home" "$@"
  record "$_version" . "$_short" all "$_scratch/home" "$@"
  exec 3>&-
  wait
  mv start "$_archives"
  cd / && rm -rf "$_scratch"
) </dev/null >>"$_state/build.log" 2>&1

# Makes an archive for a JDK of version $1 in the folder start/$2, for the options $3, of what the rehearsal does by the word
# $4 in the folder $5; the other words run Java. On 25 the classes are linked ahead of time. The JDK's newer kind of archive
# does that, too, but has the compiler busy at each start with what was compiled in the rehearsal.
# shellcheck disable=SC2086 # $_flags and $_linked are words
record() (
  mkdir -p "start/$2"
  _version=$1
  _file=start/$2/SharedArchiveFile
  _flags=$3
  _word=$4
  _home=$5
  shift 5
  _linked=
  [ "$_version" -lt 25 ] || _linked=-XX:+AOTClassLinking
  if "$@" $_flags -Xshare:off -XX:DumpLoadedClassList=list "$_rehearsal" "$_word" "$_home"; then
    "$@" -Xshare:dump $_flags $_linked -XX:SharedClassListFile=list -XX:SharedArchiveFile="$_file" || rm -f "$_file"
  fi
)

# The same for a JDK that the application was not built for, under the lock: who does not get it at once, goes without.
archive_once() {
  _owner='?'
  _unsigned=0
  take_lock || { break_dead_lock && take_lock; } || return 0
  trap 'leave_lock; exit 130' INT
  trap 'leave_lock; exit 143' TERM
  trap 'leave_lock; exit 129' HUP
  [ -d "$_archives" ] || archive "$1"
  leave_lock
  trap - INT TERM HUP
} 2>/dev/null

install_build() {
  _before=$_jar
  _app=target/run/app-$(date +%Y%m%d%H%M%S)-$$
  # shellcheck disable=SC2012 # our own names; the newest, since a changed version leaves the old jar behind
  _main=$(cd "$_root/cli/target/app" && ls -t evergrant-cli-*.jar | head -n 1) && [ -n "$_main" ] &&
    mkdir "$_root/$_app" && cp "$_root"/cli/target/app/*.jar "$_root/$_app/" || return 1
  _home=$(default_jdk) || _home= # EVERGRANT_JAVA_HOME is for this run only
  _jar=$_app/$_main
  [ -z "$_home" ] || ! find_archives "$_home" || archive "$_home"
  {
    echo "$_home"
    echo "$_jar"
    sources
  } >"$_root/$_app/current" &&
    touch -r "$_state/begun" "$_root/$_app/current" &&
    mv -f "$_root/$_app/current" "$_current" || return 1
  sweep "$_app/" "$_before" || :
}

# Sees to it that there is a fresh application, built by us or by whoever was first; ends the program if there cannot be.
build_once() {
  if [ "${EVERGRANT_NO_BUILD:-}" = 1 ]; then
    complain "nothing to run: no application was built, or its JDK is gone, and EVERGRANT_NO_BUILD=1 forbids to build."
    exit 2
  fi
  _build_jdk=$(choose_jdk) || exit 2
  if ! mkdir -p "$_state" || [ ! -w "$_state" ]; then
    complain "the program must be built, and $_state cannot be written. Run it once as the owner of that folder."
    exit 1
  fi
  _owner='?'
  _maven=
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  trap 'interrupted 129' HUP
  _looks=0
  _unsigned=0
  until take_lock; do
    break_dead_lock
    if [ $_looks -ge 1200 ]; then
      complain "process $_owner has been building for too long. If it is no build, remove $_lock and try again."
      exit 1
    fi
    [ $_looks -gt 0 ] || complain "waiting for the build that process $_owner has begun ..."
    sleep 0.5
    _looks=$((_looks + 1))
    # Who waited for a build shares its end, be it a failure.
    if [ ! -d "$_lock" ] && [ -e "$_state/failed" ]; then
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
