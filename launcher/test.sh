#!/bin/sh
# Tests of ../evergrant: real processes on copies of the tree, whose path holds a space. Most run with a Maven of their
# own that builds a tiny program, waits where it is told to, and counts its builds; the last one with the real Maven.
set -u
cd "$(dirname "$0")/.." || exit 1
. launcher/jdk.sh
top=$PWD
home=$top/target/launcher-test
tree="$home/a tree"
jdk=$(choose_jdk) || exit 2
unset EVERGRANT_JAVA_HOME EVERGRANT_NO_BUILD
failures=0

check() { # what, expected, actual
  if [ "$2" = "$3" ]; then
    echo "ok    $1"
  else
    failures=$((failures + 1))
    printf 'WRONG %s\n  expected: %s\n  but was:  %s\n' "$1" "$2" "$3"
  fi
}

# Waits until the command given is true, at most a minute.
until_true() {
  tries=0
  until "$@" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 1200 ] || {
      check "waiting for: $*" true false
      return 1
    }
    sleep 0.05
  done
}

builds() { grep -c . "$tree/builds"; }
lines() { [ "$(cat "$home"/"$1".* | grep -c .)" -ge "$2" ]; }
gone() { ! kill -0 "$1"; }

# Starts $1 calls of ./evergrant with the other words, their output in files $home/out.N, err.N and rc.N.
start_calls() {
  rm -f "$home"/out.* "$home"/err.* "$home"/rc.*
  count=$1
  shift
  n=0
  while [ $n -lt "$count" ]; do
    n=$((n + 1))
    {
      "$tree/evergrant" "$@" >"$home/out.$n" 2>"$home/err.$n"
      echo $? >"$home/rc.$n"
    } &
  done
}

# Prints how often each line occurs in the files $home/$1.N.
tally() { cat "$home/$1".* | sort | uniq -c | sed 's/^ *//'; }

# The tree with a Maven of ours. The file `hold` makes it wait, `broken` makes it fail.
rm -rf "$home"
mkdir -p "$tree/cli/src/main" "$home/classes/late" "$home/bin"
cp -R evergrant launcher "$tree"
echo '<project/>' | tee "$tree/pom.xml" >"$tree/cli/pom.xml"
echo one >"$tree/cli/src/main/A"
cat >"$tree/mvnw" <<'MAVEN'
#!/bin/sh
echo "a word on standard output"
echo "$*" >>builds
while [ -e hold ]; do sleep 0.05; done
[ ! -e broken ] || { echo "a source is broken"; exit 1; }
mkdir -p cli/target/app && cp ../program/*.jar cli/target/app
MAVEN
chmod +x "$tree/mvnw"
cat >"$home/Main.java" <<'JAVA'
import java.lang.management.ManagementFactory;

class Main {
    public static void main(String[] words) throws Exception {
        switch (words.length == 0 ? "" : words[words.length - 1]) {
            case "copy" -> System.in.transferTo(System.out);
            case "five" -> System.exit(5);
            case "theirs" -> System.out.println(System.getenv().values().stream().filter("theirs"::equals).count());
            case "later" -> { System.out.println("ready"); System.in.read(); System.out.println(Late.word()); }
            default -> System.out.println(String.join("|", words));
        }
        String option = System.getProperty("show");
        if (option != null) System.out.println(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }
}
JAVA
echo 'class Late { static String word() { return "late"; } }' >"$home/Late.java"
mkdir "$home/program"
printf 'Main-Class: Main\nClass-Path: late.jar\n' >"$home/manifest"
"$jdk/bin/javac" --release 17 -d "$home/classes" "$home/Main.java" "$home/Late.java" || exit 1
mv "$home/classes/Late.class" "$home/classes/late"
"$jdk/bin/jar" -cfm "$home/program/evergrant-cli-0.1.0-SNAPSHOT.jar" "$home/manifest" -C "$home/classes" Main.class &&
  "$jdk/bin/jar" -cf "$home/program/late.jar" -C "$home/classes/late" Late.class || exit 1
touch "$tree/builds"

# First calls, and a build that fails.
touch "$tree/broken" "$tree/hold"
start_calls 8 word
until_true lines err 8
rm "$tree/hold"
wait
check "eight calls share one failed build" "1" "$(builds)"
check "a failed build is exit code 1" "8 1" "$(tally rc)"
check "a failed build says nothing on standard output" "" "$(tally out)"
check "a failed build shows the end of Maven's words" "8 a source is broken" "$(tally err | grep broken)"
rm "$tree/broken"
: >"$tree/builds"
start_calls 8 word
wait
check "the next calls build again, once" "1" "$(builds)"
check "and nothing but the program's words is on standard output" "8 word" "$(tally out)"
check "the build is the one we know" "-B -ntp -DskipTests -Dspotless.check.skip=true -pl cli -am package" "$(cat "$tree/builds")"

# What reaches the program.
check "words arrive as they were given" "a  b||*|\$x" "$("$tree/evergrant" 'a  b' '' '*' "\$x" 2>&1)"
check "standard input arrives" "some input" "$(echo some input | "$tree/evergrant" copy)"
check "no words at all" "" "$("$tree/evergrant" 2>&1)"
"$tree/evergrant" five
check "the exit code is the program's" 5 $?
# Whatever names the launcher may use for itself, with and without the underscore.
names=$({
  grep -ohE '(^|[ ;({])_?[a-z_]+=' "$tree/evergrant" "$tree"/launcher/[bj]*.sh | tr -d ' ;({='
  sed -nE 's/.*(for|read -r) ([a-z_ ]+).*/\2/p' "$tree/evergrant" "$tree"/launcher/[bj]*.sh | tr ' ' '\n'
} | sed 's/^_//' | grep . | sort -u)
# shellcheck disable=SC2046,SC2086 # words
theirs() {
  env $(printf '%s=theirs ' $names) "$tree/evergrant" "$@" 2>/dev/null
}
exported=$(printf '%s\n' "$names" | grep -c .)
check "many names are looked at" yes "$([ "$exported" -gt 40 ] && echo yes || echo "$exported")"
check "what the caller has exported arrives" "$exported" "$(theirs theirs)"
touch "$tree/pom.xml"
check "also after a build" "$exported" "$(theirs theirs)"
: >"$tree/builds" && echo once >"$tree/builds"
ln -s "../a tree/evergrant" "$home/bin/eg"
ln -s bin/eg "$home/eg"
check "through two links, from another folder" "x" "$(cd / && "$home/eg" x 2>&1)"
check "from its own folder" "x" "$(cd "$tree" && ./evergrant x 2>&1)"
check "through PATH" "x" "$(cd "$tree/cli" && PATH="$home/bin:$PATH" && eg x 2>&1)"
check "by a relative path" "x" "$(cd "$tree/cli" && ../evergrant x 2>&1)"
options() { JAVA_TOOL_OPTIONS=-Dshow=1 "$tree/evergrant" "$@" 2>/dev/null | grep -c TieredStopAtLevel=1; }
check "a short command has no second compiler" 1 "$(options token)"
check "the sandbox has" 0 "$(options -s token --no-input sandbox --port 0)"
check "a session may be called sandbox" 1 "$(options -s sandbox token)"
check "none of these calls built" 1 "$(builds)"

# When to build again.
echo two >"$tree/cli/src/main/B"
check "a new source: built before the call" "x" "$("$tree/evergrant" x 2>/dev/null)"
check "a new source: built once" 2 "$(builds)"
rm "$tree/cli/src/main/B"
"$tree/evergrant" x >"$home/out.1" 2>&1
check "a removed source: built" 3 "$(builds)"
touch "$tree/cli/pom.xml"
EVERGRANT_NO_BUILD=1 "$tree/evergrant" x >"$home/out.1" 2>&1
check "EVERGRANT_NO_BUILD=1 does not look" 3 "$(builds)"
touch "$tree/hold"
start_calls 1 first
until_true lines err 1 && until_true [ "$(builds)" -eq 4 ]
echo during >"$tree/cli/src/main/A"
rm "$tree/hold"
wait
"$tree/evergrant" x >"$home/out.1" 2>&1
check "a source saved during the build: built again" 5 "$(builds)"

# A running program keeps its jars.
mkfifo "$home/wake"
"$tree/evergrant" later <"$home/wake" >"$home/late" &
exec 3>"$home/wake"
until_true grep -q ready "$home/late"
for n in 1 2 3; do
  touch "$tree/pom.xml"
  "$tree/evergrant" x >"$home/out.1" 2>&1
done
echo now >&3
exec 3>&-
wait
check "a program loads a class after three builds" "late" "$(sed -n 2p "$home/late")"
touch "$tree/pom.xml"
"$tree/evergrant" x >"$home/out.1" 2>&1
check "of old applications, one is kept" 2 "$(find "$tree/target/run" -name 'app-*' | grep -c .)"

# The lock of the dead.
lock="$tree/target/run/lock"
sh -c 'echo $$' >"$home/dead"
mkdir "$lock"
echo >"$lock/$(cat "$home/dead")"
: >"$tree/builds"
touch "$tree/pom.xml"
start_calls 16 x
wait
check "a dead process's lock: sixteen calls, one build" "1, 16 x" "$(builds), $(tally out)"
mkdir "$lock"
touch "$tree/pom.xml"
start_calls 16 x
wait
check "a lock nobody signed: sixteen calls, one build" "2, 16 x" "$(builds), $(tally out)"
touch "$tree/pom.xml" "$tree/hold"
"$tree/evergrant" x >"$home/out.1" 2>&1 &
killed=$!
until_true grep -q '[0-9]' "$lock/$killed" && until_true sh -c "grep -c . '$tree/builds' | grep -qx 3"
kill -9 $killed
start_calls 16 x
until_true lines err 16
rm "$tree/hold"
wait
check "killed while building: its Maven ends first, then one build" "4, 16 x" "$(builds), $(tally out)"
touch "$tree/pom.xml" "$tree/hold"
"$tree/evergrant" x >"$home/out.1" 2>&1 &
ended=$!
until_true grep -q '[0-9]' "$lock/$ended"
maven=$(cat "$lock/$ended")
kill $ended
wait $ended
check "ended while building: says so" 143 $?
until_true gone "$maven"
check "and leaves no lock" "no" "$([ -e "$lock" ] && echo yes || echo no)"
rm "$tree/hold"

# Start-up archives: one for each build of each JDK.
cat >"$home/Rehearsal.java" <<'JAVA'
package io.github.evergrant.cli;

import java.nio.file.*;

class Rehearsal {
    public static void main(String[] words) throws Exception {
        Path tree = Path.of(words[1]).resolve("../../../../..").normalize();
        Files.writeString(tree.resolve("rehearsals"), words[0] + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println("a word on standard output");
    }
}
JAVA
cat >"$home/Glance.java" <<'JAVA'
package io.github.evergrant.cli.quick;

class Glance {
    public static void main(String[] words) {
        System.err.println("a word on standard error");
        if (!words[words.length - 1].equals("seen")) System.exit(1);
        System.out.println(words[0].equals("exec") ? (words[2].equals("TOKEN") ? "TOKEN" : "A_TOKEN") + "=at a  glance: $x\nEVERGRANT_SESSION=\"'`\n" : "at a glance");
    }
}
JAVA
"$jdk/bin/javac" --release 17 -d "$home/classes" "$home/Rehearsal.java" "$home/Glance.java" &&
  "$jdk/bin/jar" -uf "$home/program/evergrant-cli-0.1.0-SNAPSHOT.jar" -C "$home/classes" io || exit 1
rehearsals() { grep -c all "$tree/rehearsals" 2>/dev/null; }
archived() { JAVA_TOOL_OPTIONS=-Dshow=1 "$tree/evergrant" "$@" 2>/dev/null | grep -c XX:SharedArchiveFile; }
touch "$tree/pom.xml"
check "an archive is made by the build, and not heard" "x" "$("$tree/evergrant" x 2>/dev/null)"
check "the program is started with it" "1 1" "$(archived x) $(archived token)"
check "but not the sandbox" 0 "$(archived sandbox)"
check "it is made once" 1 "$(rehearsals)"

# A token that is plainly good.
check "a glance comes first, and its words are all" "at a glance 0" "$("$tree/evergrant" token -s seen 2>&1) $?"
check "also with other words that it knows" "at a glance" "$("$tree/evergrant" -s x token --header --resource-server seen 2>&1)"
check "the program is asked when it says nothing" "token|-s|x" "$("$tree/evergrant" token -s x 2>&1)"
check "and for any other words" "token|--renew|seen" "$("$tree/evergrant" token --renew seen 2>&1)"
check "and for other commands" "status|-s|seen" "$("$tree/evergrant" status -s seen 2>&1)"
check "and for another kind of store" "token|seen" "$(EVERGRANT_STORE=memory: "$tree/evergrant" token seen 2>&1)"
check "and where nothing is seen in any case" "token|seen" "$(EVERGRANT_SANDBOX=x "$tree/evergrant" token seen 2>&1)"
check "but not for a JSON store" "at a glance" "$(EVERGRANT_STORE=json:x "$tree/evergrant" token -s seen 2>&1)"
check "nor for a database" "at a glance" "$(EVERGRANT_STORE=sqlite:x "$tree/evergrant" token -s seen 2>&1)"
shell_of() { "$tree/evergrant" exec -s x -- sh -c "$@" seen 2>&1; }
check "for exec the program is started with what is seen" "at a  glance: \$x|\"'\`|seen" "$(shell_of "printf '%s|%s|%s' \"\$A_TOKEN\" \"\$EVERGRANT_SESSION\" \"\$0\"")"
check "what else is called so stays ours" "" "$(_token=theirs _session=theirs "$tree/evergrant" exec -- sh -c 'env | grep _token' seen 2>&1)"
check "a variable may be called so" "at a  glance: \$x" "$("$tree/evergrant" exec --variable TOKEN -- sh -c "printf '%s' \"\$TOKEN\"" seen 2>&1)"
check "with its words" "a  b||*|seen|" "$("$tree/evergrant" exec -- printf '%s|' 'a  b' '' '*' seen 2>&1)"
shell_of 'kill -s TERM $$'
check "a signal ends it, and us" 143 $?
check "a broken pipe, too" "" "$(shell_of 'kill -s PIPE $$; echo alive')"
"$tree/evergrant" exec -- sh -c "echo \$\$ >'$home/pid'" seen 2>&1 &
wait $!
check "it is our process" $! "$(cat "$home/pid")"
check "its environment has nothing of ours" 0 "$("$tree/evergrant" exec -- sh -c 'env | grep -c ^_[a-z]' seen 2>&1)"
check "not even for a shell that exports all it has" 0 "$(sh -a "$tree/evergrant" exec -- sh -c 'env | grep -c ^_[a-z]' seen 2>&1)"
check "what a JVM says is no variable" "exec|--|true|seen" \
  "$(JAVA_TOOL_OPTIONS=-XX:+PrintCommandLineFlags "$tree/evergrant" exec -- true seen 2>/dev/null | tail -n 1)"
check "the program is asked when nothing is seen" "exec|--|sh|x" "$("$tree/evergrant" exec -- sh x 2>&1)"
check "and for other words of exec" "exec|--provider|x|--|seen" "$("$tree/evergrant" exec --provider x -- seen 2>&1)"
check "what the caller has exported arrives there as well" "$exported" "$(theirs exec -- sh -c 'env | grep -c =theirs' seen)"
: >"$tree/builds"
touch "$tree/pom.xml"
check "what an older application sees is not believed" "token|-s|seen" "$("$tree/evergrant" token -s seen 2>/dev/null)"
check "it is built instead" 1 "$(builds)"
sh -x "$tree/evergrant" token -s seen >"$home/out.1" 2>"$home/err.1"
check "it is in no trace of the launcher" "1 0" "$(grep -c 'at a glance' "$home/out.1") $(grep -c 'at a glance' "$home/err.1")"
sh -x "$tree/evergrant" exec -- sh -c 'echo "$A_TOKEN"' seen >"$home/out.1" 2>"$home/err.1"
check "nor is it for exec" "1 0" "$(grep -c 'at a  glance' "$home/out.1") $(grep -c 'at a  glance' "$home/err.1")"
touch "$tree/pom.xml"
check "unless nobody is to look" "at a glance 1" \
  "$(EVERGRANT_NO_BUILD=1 "$tree/evergrant" token -s seen 2>&1) $(builds)"
find "$tree/target/run" -path '*/glance/*' -exec mv {} "$home/put-away" \;
check "without an archive of its own it is left out" "token|-s|seen" "$(EVERGRANT_NO_BUILD=1 "$tree/evergrant" token -s seen 2>&1)"
check "and a database has another one" "at a glance" \
  "$(EVERGRANT_NO_BUILD=1 EVERGRANT_STORE=sqlite:x "$tree/evergrant" token -s seen 2>&1)"
: >"$tree/rehearsals"
"$tree/evergrant" x >"$home/out.1" 2>&1

other=$home/jdk
mkdir "$other" && ln -s "$jdk"/* "$other" && rm -f "$other/release" || exit 1
other_build() { sed "s/^JAVA_RUNTIME_VERSION=.*/JAVA_RUNTIME_VERSION=\"$1\"/" "$jdk/release" >"$other/release"; }
other_build 1
check "another JDK: its words alone" "x" "$(EVERGRANT_JAVA_HOME=$other "$tree/evergrant" x 2>&1)"
EVERGRANT_JAVA_HOME=$other "$tree/evergrant" x >"$home/out.1" 2>&1
check "another JDK: an archive of its own, made once" "2 1" "$(rehearsals) $(EVERGRANT_JAVA_HOME=$other archived x)"
other_build 2
EVERGRANT_NO_BUILD=1 EVERGRANT_JAVA_HOME=$other "$tree/evergrant" x >"$home/out.1" 2>&1
check "a newer build of that JDK, EVERGRANT_NO_BUILD=1: none" 2 "$(rehearsals)"
EVERGRANT_JAVA_HOME=$other "$tree/evergrant" x >"$home/out.1" 2>&1
check "a newer build of that JDK: made anew" 3 "$(rehearsals)"
find "$tree/target/run" -name SharedArchiveFile -exec sh -c 'chmod u+w "$1"; echo no archive >"$1"' - {} \;
check "damaged archives are not heard of" "x 0" "$("$tree/evergrant" x 2>&1) $?"
touch "$tree/evergrant"
"$tree/evergrant" x >"$home/out.1" 2>&1
check "other options of the JVM: made anew" 4 "$(rehearsals)"

# The JDK.
EVERGRANT_JAVA_HOME=/nonexistent "$tree/evergrant" x >"$home/out.1" 2>"$home/err.1"
check "a JDK that is none is exit code 2" 2 $?
check "and is named" 1 "$(grep -c 'EVERGRANT_JAVA_HOME=/nonexistent is not a JDK' "$home/err.1")"
rm -r "$tree/target"
EVERGRANT_NO_BUILD=1 "$tree/evergrant" x >"$home/out.1" 2>&1
check "EVERGRANT_NO_BUILD=1 and nothing built is exit code 2" 2 $?

# The real tree with the real Maven.
rm -rf "$tree"
mkdir "$tree"
tar -cf - --exclude=target --exclude=.git . | tar -xf - -C "$tree"
{
  echo '#!/bin/sh'
  echo 'echo build >>builds'
  cat mvnw
} >"$tree/mvnw"
start_calls 64 --version
wait
check "64 first calls of the real program: one build" 1 "$(builds)"
check "all of them succeed" "64 0" "$(tally rc)"
check "and say the same" 64 "$(tally out | sed -n '1s/ .*//p')"
archives=$(find "$tree/target/run" -name SharedArchiveFile -size +1000k | grep -c .)
check "what people do often is rehearsed to the end" 5 "$archives"
[ $failures -eq 0 ] || cat "$tree/target/run/build.log" "$home/err.1" 2>/dev/null | tail -n 20

[ $failures -eq 0 ] || { echo "$failures wrong" && exit 1; }
echo "the launcher is well"
