# Runs PostgreSQL for as long as the application lives.
# Arguments: lock file, then the command. Standard input: a pipe that only the application holds.
# When the application ends, however it ends, the pipe closes and PostgreSQL gets a fast shutdown.
# It is a shell script, not Node, so that it costs no memory and survives `killall node`.
trap '' TERM HUP INT
lock=$1
shift
exec 3<&0 </dev/null

# Two machines or containers may share the folder: the lock is the file's, and lasts while PostgreSQL runs.
if command -v flock >/dev/null 2>&1; then
  exec 9>>"$lock"
  flock -w 15 9 || exit 75
fi

"$@" 3<&- &
postgres=$!

(
  read -r _ <&3
  tries=0
  # Again and again: a signal sent before PostgreSQL has set its handlers is lost.
  while [ "$tries" -lt 60 ] && kill -INT "$postgres" 2>/dev/null; do
    sleep 1
    tries=$((tries + 1))
  done
) 9>&- &
watcher=$!
exec 3<&-

wait "$postgres"
code=$?
kill -KILL "$watcher" 2>/dev/null
exit "$code"
