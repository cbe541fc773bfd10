# What every script starts with: all the parts, and the environment that they make.
# shellcheck shell=bash

LIB=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=common.sh
source "$LIB/common.sh"
# shellcheck source=system.sh
source "$LIB/system.sh"
# shellcheck source=odoo.sh
source "$LIB/odoo.sh"
# shellcheck source=python.sh
source "$LIB/python.sh"
# shellcheck source=node.sh
source "$LIB/node.sh"
# shellcheck source=postgres.sh
source "$LIB/postgres.sh"
# shellcheck source=database.sh
source "$LIB/database.sh"

# bootstrap: set up what is missing, under a lock, so that two at a time are harmless; then enter the
# environment.
bootstrap() {
    local lock
    mkdir -p "$VAR"
    [[ -w $VAR ]] || die "$VAR belongs to another user." \
        "Run as that user, or use a checkout of your own."
    have flock || install_system_packages
    exec {lock}>"$VAR/bootstrap.lock"
    flock --nonblock "$lock" || {
        say "Waiting for another bootstrap to end"
        flock "$lock"
    }
    install_system_packages
    install_odoo
    install_python
    install_node
    install_postgres
    write_odoo_conf
    exec {lock}>&-
    export ODOO_RC=$VAR/odoo.conf PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1
    unset PYTHONPATH PYTHONHOME
    PATH=$VENV/bin:$VAR/node/node_modules/.bin:$(postgres_bin):$PATH
}

# write_odoo_conf: the shared configuration, with the paths of this checkout.
write_odoo_conf() {
    local addons=$ROOT/addons
    # In a checkout of Odoo, most of its add-ons lie beside the package.
    [[ ! -d $ODOO_PATH/addons/web ]] || addons=$ODOO_PATH/addons,$addons
    {
        cat "$ROOT/config/odoo.conf"
        printf '%s\n' "; This checkout, written by script/bootstrap:" "addons_path = $addons" \
            "data_dir = $VAR/data" "http_interface = 127.0.0.1" \
            "db_host = $CLUSTER" "db_port = $PGPORT" "db_user = $PGUSER"
    } >"$VAR/odoo.conf.new"
    mv "$VAR/odoo.conf.new" "$VAR/odoo.conf"
}
