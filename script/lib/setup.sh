# What every script starts with: the parts, and the environment that they make.
# shellcheck shell=bash
for part in common system odoo python postgres; do
    # shellcheck source=/dev/null
    source "$(dirname "${BASH_SOURCE[0]}")/$part.sh"
done

# bootstrap: everything that is missing, under a lock, so that two at a time are harmless.
bootstrap() {
    mkdir -p "$VAR"
    local lock
    if have flock; then
        exec {lock}>"$VAR/bootstrap.lock"
        flock --nonblock "$lock" || { say "Waiting for another bootstrap"; flock "$lock"; }
    fi
    install_system_packages
    install_odoo
    install_python
    install_postgres
    write_odoo_conf
    [[ -z ${lock:-} ]] || exec {lock}>&-
    export ODOO_RC=$VAR/odoo.conf PATH=$VENV/bin:$(postgres_bin):$PATH
    export PYTHONPATH= PYTHONNOUSERSITE=1
}

# write_odoo_conf: the shared configuration with this checkout's paths.
write_odoo_conf() {
    local addons=$ROOT/addons
    [[ ! -d $ODOO_PATH/addons/web ]] || addons=$ODOO_PATH/addons,$addons
    {
        cat "$ROOT/config/odoo.conf"
        printf '%s\n' "; Below: this checkout (written by script/bootstrap)." \
            "addons_path = $addons" "data_dir = $VAR/data" \
            "db_host = $CLUSTER" "db_port = 5432" "db_user = odoo"
    } >"$VAR/odoo.conf.new"
    mv "$VAR/odoo.conf.new" "$VAR/odoo.conf"
}
