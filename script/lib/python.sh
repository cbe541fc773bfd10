# The virtual environment: Odoo's libraries, the OCA wheels, and the unpacked Odoo by a .pth file.
# shellcheck shell=bash

install_python() {
    local requirements hash
    requirements=("$ROOT"/requirements{,-odoo,-dev}.txt)
    hash=$(fingerprint "$VENV" "$ODOO_PATH" "$(base_python)" "${requirements[@]}" \
        "${BASH_SOURCE[0]}")
    is_done python "$hash" && [[ -x $VENV/bin/odoo ]] && return
    need_space 1500 "the Python environment"
    say "Installing the Python environment into var/venv"
    # An environment that belongs to another place or interpreter cannot be mended.
    [[ -f $VENV/bin/activate && -f $STAMPS/python-base &&
        $(<"$STAMPS/python-base") == "$VENV $(base_python)" ]] ||
        quietly venv.log "$(base_python)" -m venv --clear "$VENV" ||
        die "Python could not make a virtual environment."
    mark_done python-base "$VENV $(base_python)"
    link_odoo
    quietly pip.log "$VENV/bin/python" -m pip --disable-pip-version-check install \
        -r "$ROOT/requirements-odoo.txt" -r "$ROOT/requirements.txt" -r "$ROOT/requirements-dev.txt" ||
        die "pip could not install the requirements." \
            "Is the network up, is the disk full? Start again; what was fetched is cached."
    mark_done python "$hash"
}

# link_odoo: Odoo is importable, runnable, and known to pip, for the OCA wheels require it. A folder
# of its own keeps whatever lies beside Odoo (a system's other packages) out of the environment.
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
