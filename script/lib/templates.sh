# Template databases, copied by test runs: created once, and named by a fingerprint of
# their sources.
# shellcheck shell=bash

# platform_hash: print a hash of Odoo, its libraries and the add-ons ours depend on.
platform_hash() {
    local release needs
    release=$(stat --format=%Y "$ODOO_PATH/odoo/release.py")
    needs=$(dependencies)
    fingerprint "$ODOO_PATH" "$release" "$ROOT/requirements.txt" "$needs" "$@"
}

# template NAME SOURCE OPTION...: create the database NAME by Odoo with these options,
# from a copy of SOURCE or, if that is empty, from scratch. Others of its kind
# (test_KIND_HASH) are dropped.
template() {
    local name=$1 source=$2 start=$SECONDS lock
    shift 2
    exec {lock}>"$VAR/${name%_*}.lock"
    flock "$lock"
    if ! database_exists "$name"; then
        say "Preparing the template database $name"
        need_space 1500 "a template database" "$CLUSTER"
        drop_outdated "${name%_*}"
        drop_database "${name}_unfinished"
        [[ -z $source ]] || copy_database "$source" "${name}_unfinished"
        odoo_update "${name}_unfinished" "$name.log" "$@" ||
            die "The template database could not be made; the whole log is var/log/$name.log"
        rename_database "${name}_unfinished" "$name"
        say "Prepared $name in $((SECONDS - start)) s"
    fi
    exec {lock}>&-
}

drop_outdated() {
    query postgres "SELECT datname FROM pg_database
        WHERE datname ~ '^$1_[0-9a-f]{12}(_unfinished)?\$'"
    drop_database "${ROWS[@]}"
    rm -f "$VAR/log/$1"_*.log*
}

# name_templates: say how the templates are called, made or not.
# BASE_TEMPLATE and BASE_DEMO_TEMPLATE have the dependencies of the suite, without and with
# demo data; SUITE_TEMPLATE has the suite as well; UPGRADE_TEMPLATE has it as released at a
# commit, with demo data, and is empty if the clone lacks the commit.
RELEASED=1efdc21
name_templates() {
    local addons hash
    mapfile -t addons < <(suite)
    hash=$(platform_hash)
    BASE_TEMPLATE=test_base_$hash
    BASE_DEMO_TEMPLATE=test_demo_$hash
    hash=$(addon_hash "${addons[@]}")
    hash=$(platform_hash "$hash")
    SUITE_TEMPLATE=test_suite_$hash
    hash=$(platform_hash "$RELEASED")
    UPGRADE_TEMPLATE=
    ! git -C "$ROOT" cat-file -e "$RELEASED^{commit}" 2>/dev/null || UPGRADE_TEMPLATE=test_upgrade_$hash
}

base_template() {
    name_templates
    template "$BASE_TEMPLATE" "" --without-demo --init="$(dependencies)"
}
base_demo_template() {
    name_templates
    template "$BASE_DEMO_TEMPLATE" "" --with-demo --init="$(dependencies)"
}
suite_template() {
    local addons
    mapfile -t addons < <(suite)
    base_template
    template "$SUITE_TEMPLATE" "$BASE_TEMPLATE" --without-demo --init="$(IFS=, && echo "${addons[*]}")"
}
upgrade_template() {
    local folder addons
    name_templates
    [[ -n $UPGRADE_TEMPLATE ]] || return 0
    folder=$(mktemp -d)
    git -C "$ROOT" archive "$RELEASED" addons | tar -x -C "$folder"
    mapfile -t addons < <(cd "$folder/addons" && printf '%s\n' *)
    # BASE_DEMO_TEMPLATE lists today's add-ons, which would be installed automatically.
    ODOO_ADDONS_PATH=${ODOO_ADDONS_PATH/"$ROOT/addons"/"$folder/addons"} template "$UPGRADE_TEMPLATE" \
        "$BASE_DEMO_TEMPLATE" --with-demo --skip-auto-install --init="$(IFS=, && echo "${addons[*]}")"
    rm -rf "$folder"
}

# scratch_database SOURCE: create a copy, named in SCRATCH and dropped at the end.
scratch_database() {
    SCRATCH=test_run_$$
    drop_abandoned
    copy_database "$1" "$SCRATCH"
    at_exit drop_database "$SCRATCH"
}

# drop_run: drop the copies created by this script.
drop_run() {
    query postgres "SELECT datname FROM pg_database WHERE datname ~ '^test_run_$$(_|\$)'"
    drop_database "${ROWS[@]}"
}

# drop_abandoned: drop copies created by scripts that were killed.
drop_abandoned() {
    local database
    query postgres "SELECT datname FROM pg_database WHERE datname ~ '^test_run_[0-9]+(_|\$)'"
    for database in "${ROWS[@]}"; do
        [[ -d /proc/$(cut -d_ -f3 <<<"$database") ]] || drop_database "$database"
    done
}
