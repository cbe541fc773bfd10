# Create, copy, update and drop databases of Odoo with the suite.
# shellcheck shell=bash

# An add-on whose "auto_install" names what it waits for comes with an app that not everybody
# wants on the screen. Nothing here installs such an app.
WAITS='"auto_install": \['

# suite: print the names of the add-ons that a database gets, one per line.
suite() { (cd "$ROOT/addons" && { grep -Le "$WAITS" -- */__manifest__.py || true; } | cut -d/ -f1); }

# waiting: print the names of those that wait for an app, one per line.
waiting() { (cd "$ROOT/addons" && { grep -le "$WAITS" -- */__manifest__.py || true; } | cut -d/ -f1); }

# dependencies: print the add-ons outside the suite that it depends on, comma-separated.
dependencies() {
    local addons
    mapfile -t addons < <(suite)
    python - "$ROOT" "${addons[@]}" <<'PYTHON'
import ast, pathlib, sys

root, *addons = sys.argv[1:]
paths = [pathlib.Path(root, "addons", addon, "__manifest__.py") for addon in addons]
needs = {name for path in paths for name in ast.literal_eval(path.read_text())["depends"]}
print(",".join(sorted(needs - set(addons))))
PYTHON
}

# addon_hash ADDON...: print a hash of all files that affect a database of the add-ons.
addon_hash() {
    (cd "$ROOT/addons" && find "$@" -type f -not -path '*/tests/*' -not -path '*/static/src/*' \
        -not -path '*/i18n/*' -not -path '*/readme/*' -not -path '*/__pycache__/*' \
        -not -path '*/static/description/*' -not -name 'README.*' -not -name pyproject.toml \
        -print0 | sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-12
}

# query DATABASE SQL: store the rows in the array ROWS, with fields separated by |. If
# the server cannot be reached (it is recovering, has no free connection, or lost its
# socket), retry for half a minute. Any other failure ends the script, so that a missing
# answer is never mistaken for an empty one. That is why rows are not printed: the end
# of a subshell would not end the script.
query() {
    local answer status pause
    for pause in 1 2 4 8 16 ""; do
        status=0
        answer=$(psql --no-psqlrc -qAtX --set ON_ERROR_STOP=1 --dbname="$1" --command="$2") || status=$?
        # Status of psql if a connection failed or broke
        [[ $status == 2 && -n $pause ]] || break
        say "The database server is out of reach; trying again"
        sleep "$pause"
    done
    ((status == 0)) || die "The database server did not answer about the database $1." \
        "Nothing was changed on account of it. See above, and $CLUSTER/log; then start again."
    ROWS=()
    [[ -z $answer ]] || mapfile -t ROWS <<<"$answer"
}

# query_one PATTERN DATABASE SQL: store the only row, matching the pattern, in ROW.
query_one() {
    query "${@:2}"
    ROW=${ROWS[*]}
    [[ $ROW =~ ^$1$ ]] || die "The database server gave no clear answer about the database $2." \
        "It said: ${ROW:-nothing}"
}

# check_database_name NAME: whether a database of the user's may be called that. What the scripts make and
# drop by themselves is named like RESERVED.
RESERVED='_unfinished$|^test_run_[0-9]+(_|$)|^(test|bench)_[a-z]+_[0-9a-f]{12}$|^(postgres|template[01])$'
check_database_name() {
    [[ $1 =~ ^[a-zA-Z0-9][a-zA-Z0-9_-]{0,49}$ ]] || die "Not a name for a database: $1"
    [[ ! $1 =~ $RESERVED ]] || die "The name $1 is reserved; choose another."
}

database_exists() {
    query_one "[tf]" postgres "SELECT EXISTS (SELECT FROM pg_database WHERE datname = '$1')"
    [[ $ROW == t ]]
}

filestore() { echo "$VAR/data/filestore/$1"; }

drop_database() {
    local database
    for database in "$@"; do
        PGOPTIONS=--client-min-messages=warning dropdb --if-exists --force "$database" ||
            die "The database $database could not be dropped; its files are left, too."
        rm -rf "$(filestore "$database")"
    done
}

# copy_database SOURCE TARGET: replace TARGET by a copy of SOURCE.
copy_database() {
    need_space 500 "a copy of the database $1" "$CLUSTER"
    drop_database "$2"
    createdb --template="$1" "$2" || die "The database $1 could not be copied."
    copy_filestore "$1" "$2"
}

# copy_filestore SOURCE TARGET: add the files to existing ones; content gives the names.
copy_filestore() {
    mkdir -p "$(filestore "$1")" "$(filestore "$2")"
    cp -r --update --reflink=auto "$(filestore "$1")/." "$(filestore "$2")" ||
        die "The files of the database $1 could not be copied."
}

# rename_database SOURCE TARGET: exit if TARGET exists; nothing is ever replaced.
rename_database() {
    ! database_exists "$2" || die "There is a database $2 already: it is left as it is." \
        "What was to get its name is the database $1."
    copy_filestore "$1" "$2"
    query postgres "ALTER DATABASE \"$1\" RENAME TO \"$2\""
    rm -rf "$(filestore "$1")"
}

# odoo_update DATABASE LOG OPTION...: install or update, with a progress line and a log
# in var/log. Warnings are shown, and stored in var/log/LOG.warnings.
odoo_update() {
    local database=$1 log=$VAR/log/$2
    shift 2
    mkdir -p "$VAR/log"
    rm -f "$log"
    odoo --database="$database" --no-http --stop-after-init --log-level=info "$@" 2>&1 |
        python "$LIB/progress.py" "$log"
}
