# Sourced by all scripts: loads all parts, and defines the environment.
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

# bootstrap: set up what is missing, under a lock against concurrent runs, then enter
# the environment.
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
    exec {lock}>&-
    enter_environment
}

# enter_environment: set configuration and paths, as the container does by itself.
enter_environment() {
    export ODOO_RC=$ROOT/config/odoo.conf ODOO_DATA_DIR=$VAR/data ODOO_ADDONS_PATH=$ROOT/addons
    # In a checkout of Odoo, most add-ons are outside the package.
    [[ ! -d $ODOO_PATH/addons/web ]] || ODOO_ADDONS_PATH=$ODOO_PATH/addons,$ODOO_ADDONS_PATH
    # Compiled once and kept in var/: Odoo's package brings no compiled files, and compiling takes
    # longer than all else at the start.
    export ODOO_HTTP_INTERFACE=127.0.0.1 PYTHONNOUSERSITE=1 PYTHONPYCACHEPREFIX=$VAR/pycache
    unset PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE
    PATH=$VENV/bin:$VAR/node/node_modules/.bin:$(postgres_bin):$PATH
}
