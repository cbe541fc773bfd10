# The virtual environment: Odoo's libraries, the OCA wheels, the tools of script/test and lint.
# shellcheck shell=bash

install_python() {
    local base files hash
    base=$(base_python)
    files=("$ROOT"/requirements{,-odoo,-dev}.txt)
    hash=$(fingerprint "$VENV" "$ODOO_PATH" "$base" "${files[@]}" "${BASH_SOURCE[0]}")
    ! is_done python "$hash" || return 0
    need_space 1500 "the Python environment"
    say "Installing the Python environment into var/venv"
    # An environment of another place or another interpreter cannot be mended.
    if ! is_done venv "$VENV $base"; then
        quietly venv.log "$base" -m venv --clear "$VENV" ||
            die "Python could not make a virtual environment."
        mark_done venv "$VENV $base"
    fi
    link_odoo
    quietly pip.log "$VENV/bin/python" -m pip --disable-pip-version-check install \
        "${files[@]/#/--requirement=}" ||
        die "pip could not install the requirements." \
            "Is the network up? Is the disk full? Start again; what was fetched is cached."
    mark_done python "$hash"
}

# link_odoo: Odoo is importable, runnable, and known to pip, for the OCA wheels require it. A folder of
# its own keeps whatever lies beside Odoo (a system's other packages) out of the environment.
link_odoo() {
    local site=$VAR/site purelib
    purelib=$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    mkdir -p "$site/odoo-$SERIES.dist-info"
    ln -sfnT "$ODOO_PATH/odoo" "$site/odoo"
    printf 'Metadata-Version: 2.1\nName: odoo\nVersion: %s\n' "$SERIES" \
        >"$site/odoo-$SERIES.dist-info/METADATA"
    echo "$site" >"$purelib/odoo.pth"
    printf '#!%s\nfrom odoo.cli import main\n\nmain()\n' "$VENV/bin/python" >"$VENV/bin/odoo"
    chmod +x "$VENV/bin/odoo"
}
