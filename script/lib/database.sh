# Databases of Odoo with the suite in them: created whole or not at all, copied, updated, dropped.
# shellcheck shell=bash

# suite: the names of the add-ons, one a line.
suite() { (cd "$ROOT/addons" && printf '%s\n' */__manifest__.py | cut -d/ -f1); }

# dependencies: what the add-ons build on, without themselves, comma-separated.
dependencies() {
    python - "$ROOT"/addons/*/__manifest__.py <<'PYTHON'
import ast, pathlib, sys

manifests = {p.parent.name: ast.literal_eval(p.read_text()) for p in map(pathlib.Path, sys.argv[1:])}
names = {name for manifest in manifests.values() for name in manifest["depends"]}
print(",".join(sorted(names - manifests.keys())))
PYTHON
}

# addon_hash ADDON...: changes with all that a database of the add-ons is made from.
addon_hash() {
    (cd "$ROOT/addons" && find "$@" -type f -not -path '*/tests/*' -not -path '*/static/src/*' \
        -not -path '*/i18n/*' -not -path '*/readme/*' -not -path '*/__pycache__/*' \
        -not -name '*.rst' -print0 | sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-12
}

# query DATABASE SQL: bare rows, fields separated by |.
query() { psql --no-psqlrc -qAtX --set ON_ERROR_STOP=1 --dbname="$1" --command="$2"; }

database_exists() {
    [[ -n $(query postgres "SELECT 1 FROM pg_database WHERE datname = '$1'") ]]
}

filestore() { echo "$VAR/data/filestore/$1"; }

drop_database() {
    local database
    for database in "$@"; do
        dropdb --if-exists --force "$database" 2>/dev/null
        rm -rf "$(filestore "$database")"
    done
}

# copy_database SOURCE TARGET
copy_database() {
    need_space 500 "a copy of the database $1" "$CLUSTER"
    drop_database "$2"
    createdb --template="$1" "$2"
    mkdir -p "$(filestore "$1")"
    cp -r --reflink=auto "$(filestore "$1")" "$(filestore "$2")"
}

# rename_database SOURCE TARGET
rename_database() {
    drop_database "$2"
    [[ ! -d $(filestore "$1") ]] || mv "$(filestore "$1")" "$(filestore "$2")"
    query postgres "ALTER DATABASE \"$1\" RENAME TO \"$2\""
}

# odoo_update DATABASE LOG OPTION...: install or update, with a line of progress, log in var/log. What
# the log warns of is shown and left in var/log/LOG.warnings.
odoo_update() {
    local database=$1 log=$VAR/log/$2
    shift 2
    mkdir -p "$VAR/log"
    rm -f "$log"
    odoo --database="$database" --no-http --stop-after-init --log-level=info "$@" 2>&1 |
        python "$LIB/progress.py" "$log"
}
