# A private PostgreSQL, with data in var/ and reachable only by socket, so that it does
# not conflict with other checkouts or with clusters of the machine.
# shellcheck shell=bash

# postgres_bin: print the folder of the server's programs, in the version of the cluster
# if it exists already.
postgres_bin() {
    local version folder
    version=$(cat "$(cluster_path)/version" 2>/dev/null) || version='*'
    for folder in $(compgen -G "/usr/lib/postgresql/$version/bin" | sort -rV) \
        $(dirname "$(command -v initdb)" 2>/dev/null); do
        if [[ -x $folder/initdb && -x $folder/postgres ]]; then
            echo "$folder"
            return
        fi
    done
    return 1
}

# cluster_path: print var/postgres, or a folder outside the checkout if the server
# cannot use that: under root it runs as the user `postgres`, who may have no access to
# a checkout below /root, and the path of a socket is limited to 107 characters.
cluster_path() {
    local path=$VAR/postgres outside=/var/lib/sales-efficiency folder
    ((EUID == 0)) || outside=${XDG_STATE_HOME:-$HOME/.local/state}/sales-efficiency
    outside=$outside/$(fingerprint "$ROOT")
    # An existing cluster stays in use, whatever the check below would say now.
    for folder in "$path" "$outside"; do
        if [[ -d $folder ]]; then
            echo "$folder"
            return
        fi
    done
    if ((${#path} > 85)) || { ((EUID == 0)) && ! as_postgres test -x "$ROOT" 2>/dev/null; }; then
        path=$outside
    fi
    echo "$path"
}

# as_postgres COMMAND...: run as `postgres` if we are root, which PostgreSQL refuses.
as_postgres() {
    if ((EUID == 0)); then
        (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@")
    else
        "$@"
    fi
}

install_postgres() {
    CLUSTER=$(cluster_path)
    export PGHOST=$CLUSTER PGPORT=5432 PGUSER=odoo
    [[ ! -d $CLUSTER || -O $CLUSTER || $EUID == 0 ]] ||
        die "The database server in $CLUSTER belongs to another user." \
            "Run as that user, or use a checkout of your own."
    [[ ! -d $CLUSTER/data ]] || return 0
    need_space 1000 "the database server"
    say "Creating a private PostgreSQL in ${CLUSTER#"$ROOT"/}"
    local bin
    bin=$(postgres_bin)
    mkdir -p "$CLUSTER"
    rm -rf "$CLUSTER/data.new"
    ((EUID != 0)) || chown postgres: "$CLUSTER"
    # Anyone with access to the folder can connect: its mode protects the server.
    chmod 700 "$CLUSTER"
    quietly initdb.log as_postgres "$bin/initdb" --pgdata="$CLUSTER/data.new" --username=postgres \
        --auth=trust --encoding=UTF8 --no-locale ||
        die "PostgreSQL could not create its data in $CLUSTER."
    # Odoo refuses to connect as `postgres`. This role has only the rights of the role
    # in production, and that to drop a database while autovacuum is working on it.
    quietly initdb.log as_postgres "$bin/postgres" --single -D "$CLUSTER/data.new" postgres \
        <<<"CREATE ROLE odoo LOGIN CREATEDB IN ROLE pg_signal_backend" || die "PostgreSQL could not create the role odoo."
    as_postgres tee -a "$CLUSTER/data.new/postgresql.conf" <"$ROOT/config/postgresql.conf" >/dev/null
    cp "$CLUSTER/data.new/PG_VERSION" "$CLUSTER/version"
    mv "$CLUSTER/data.new" "$CLUSTER/data"
}

# pg_control COMMAND...: run pg_ctl on the private server.
pg_control() { as_postgres "$(postgres_bin)/pg_ctl" --pgdata="$CLUSTER/data" "$@" >/dev/null; }

# start_postgres: start the server, which runs until the last script that uses it ends.
# Each script holds a shared lock until it ends, even if it is killed.
start_postgres() {
    exec {STARTING}>"$VAR/postgres.starting" {USING}>"$VAR/postgres.using"
    flock "$STARTING"
    flock --shared "$USING"
    if ! pg_control status; then
        need_space 200 "the database server" "$CLUSTER"
        pg_control --log="$CLUSTER/log" --timeout=120 --wait \
            --options="-c unix_socket_directories='$CLUSTER'" start {STARTING}>&- {USING}>&- || {
            tail -n 5 "$CLUSTER/log" >&2
            die "PostgreSQL did not start; the whole log is $CLUSTER/log"
        }
    fi
    flock --unlock "$STARTING"
    trap stop_postgres EXIT
    await_postgres
}

# start_replica FOLDER PORT: a hot standby of the private server, for trying what is read from one; made
# anew each time. It is reached by the same socket folder.
start_replica() {
    local size
    size=$(du -sm "$CLUSTER/data" | cut -f1)
    need_space "$((size + 500))" "the replica" "$CLUSTER"
    stop_replica "$1"
    say "Copying the database server for the replica"
    # Through standard input, for the server's user may not enter every checkout. Without the locks, or
    # the server would never be without users.
    as_postgres env PGDATA="$1" PGHOST="$CLUSTER" PGPORT=5432 PGUSER=postgres \
        PATH="$(postgres_bin):$PATH" bash -s -- -c port="$2" -c unix_socket_directories="$CLUSTER" \
        <"$ROOT/config/replica" >"$VAR/log/replica.log" 2>&1 \
        {STARTING}>&- {USING}>&- &
    until pg_isready --quiet --dbname=postgres --host="$CLUSTER" --port="$2"; do
        kill -0 $! 2>/dev/null || die "The replica did not start; see $VAR/log/replica.log"
        sleep 0.5
    done
}

stop_replica() {
    as_postgres "$(postgres_bin)/pg_ctl" --pgdata="$1" --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf "$1" "$1.new"
}

# await_postgres: what runs need not answer yet, for after a crash it recovers first.
await_postgres() {
    local end=$((SECONDS + 120))
    until pg_isready --quiet --dbname=postgres; do
        ((SECONDS < end)) || die "PostgreSQL runs, but does not answer." \
            "It may still be recovering: see $CLUSTER/log, and start again later."
        sleep 0.5
    done
}

# at_exit COMMAND...: run it at exit, before the server stops, even if it fails.
at_exit() {
    AT_EXIT=("$@")
    trap '("${AT_EXIT[@]}") || true; stop_postgres' EXIT
}

stop_postgres() {
    # A script may end before it has started the server, or leave that to another.
    [[ -n ${STARTING:-} ]] || return 0
    flock "$STARTING"
    if flock --nonblock "$USING"; then
        pg_control --mode=fast stop || true
    fi
    flock --unlock "$USING"
    flock --unlock "$STARTING"
}
