# A private PostgreSQL: data in var/, reached by a socket only, so that many checkouts and the
# machine's own clusters live side by side.
# shellcheck shell=bash

# postgres_bin: where the server's programs are; of the cluster's version once there is one.
postgres_bin() {
    local version directory
    version=$(cat "$(cluster_path)/data/PG_VERSION" 2>/dev/null) || version=
    for directory in $(compgen -G "/usr/lib/postgresql/${version:-*}/bin" | sort -rV) \
        $(dirname "$(command -v postgres 2>/dev/null)" 2>/dev/null); do
        if [[ -x $directory/initdb && -x $directory/postgres ]]; then
            echo "$directory"
            return
        fi
    done
    return 1
}

# cluster_path: var/postgres, or a place outside where the server can reach it: as root the server
# runs as `postgres`, which may not enter a checkout below /root; and a socket's path has 107
# characters at most.
cluster_path() {
    local path=$VAR/postgres outside
    if ((${#path} > 85)) || { ((EUID == 0)) && ! as_postgres test -x "$ROOT" 2>/dev/null; }; then
        outside=/var/lib/sales-efficiency
        ((EUID == 0)) || outside=${XDG_STATE_HOME:-$HOME/.local/state}/sales-efficiency
        path=$outside/$(fingerprint "$ROOT")
    fi
    echo "$path"
}

# as_postgres COMMAND...: PostgreSQL refuses to run as root.
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
    [[ ! -d $CLUSTER/data ]] || return 0
    need_space 1000 "the database server"
    say "Creating a private PostgreSQL cluster in ${CLUSTER#"$ROOT"/}"
    local bin
    bin=$(postgres_bin)
    rm -rf "$CLUSTER/data.new"
    mkdir -p "$CLUSTER"
    if ((EUID == 0)); then chown postgres: "$CLUSTER"; fi
    chmod 700 "$CLUSTER"
    # The directory's mode is the lock on the door: whoever may enter it may connect.
    quietly initdb.log as_postgres "$bin/initdb" --pgdata="$CLUSTER/data.new" --username=postgres \
        --auth=trust --encoding=UTF8 --no-locale --data-checksums ||
        die "PostgreSQL could not create a cluster in $CLUSTER."
    # Odoo refuses to connect as `postgres`; the role has no more rights than in production.
    echo "CREATE ROLE odoo LOGIN CREATEDB" |
        quietly initdb.log as_postgres "$bin/postgres" --single -D "$CLUSTER/data.new" postgres
    as_postgres tee -a "$CLUSTER/data.new/postgresql.conf" <"$ROOT/config/postgresql.conf" >/dev/null
    mv "$CLUSTER/data.new" "$CLUSTER/data"
}

cluster_runs() { as_postgres "$(postgres_bin)/pg_ctl" --pgdata="$CLUSTER/data" status >/dev/null; }

# start_postgres: runs until the last script that uses it has ended. Each holds a shared lock as long
# as it lives, even if it is killed.
start_postgres() {
    exec {STARTING}>"$VAR/postgres.starting" {USING}>"$VAR/postgres.using"
    flock "$STARTING"
    flock --shared "$USING"
    if ! cluster_runs; then
        as_postgres "$(postgres_bin)/pg_ctl" --pgdata="$CLUSTER/data" --log="$CLUSTER/log" -w \
            --options="-c unix_socket_directories='$CLUSTER'" start \
            >/dev/null {STARTING}>&- {USING}>&- || {
            as_postgres tail -n 5 "$CLUSTER/log" >&2
            die "PostgreSQL did not start; its log is $CLUSTER/log"
        }
    fi
    flock --unlock "$STARTING"
}

stop_postgres() {
    flock "$STARTING"
    if flock --nonblock "$USING"; then
        as_postgres "$(postgres_bin)/pg_ctl" --pgdata="$CLUSTER/data" -m fast stop >/dev/null || true
        flock --unlock "$USING"
    fi
    flock --unlock "$STARTING"
}
