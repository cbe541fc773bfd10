# System packages, installed only if their programs are missing.
# shellcheck shell=bash

# missing_packages: print the names of missing Debian packages, one per line.
missing_packages() {
    have git || echo git
    have flock && have setpriv || echo util-linux
    base_python >/dev/null || echo python3-venv
    postgres_bin >/dev/null || echo postgresql
    have wkhtmltopdf || echo wkhtmltopdf
    have chromium || have chromium-browser || have google-chrome || echo chromium
    # Without a CJK font, Chinese pages and PDF files show empty boxes.
    have fc-list || echo fontconfig
    [[ -n $(fc-list :lang=zh-tw family 2>/dev/null) ]] || echo fonts-noto-cjk
}

# base_python: print the interpreter used to create the virtual environment.
base_python() {
    local python
    for python in "${PYTHON:-}" /usr/bin/python3 python3 python3.{13,12,11,10}; do
        if [[ -n $python ]] && have "$python" && "$python" -c '
import sys, venv, ensurepip
sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            command -v "$python"
            return
        fi
    done
    return 1
}

install_system_packages() {
    local packages
    mapfile -t packages < <(missing_packages)
    ((${#packages[@]})) || return 0
    have apt-get || die "Programs are missing and there is no apt to install them." \
        "Install what these Debian packages bring: ${packages[*]}"
    local as_root=()
    if ((EUID != 0)); then
        have sudo || die "System packages are missing. As root, run:" \
            "apt-get update && apt-get install --no-install-recommends ${packages[*]}"
        as_root=(sudo)
    fi
    say "Installing system packages: ${packages[*]}"
    quietly apt-update.log "${as_root[@]}" apt-get -q update ||
        warn "apt-get update failed; trying with the package lists at hand"
    quietly apt-install.log "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qy --no-install-recommends install "${packages[@]}" ||
        die "apt could not install: ${packages[*]}" \
            "Is the network up? Is the disk full? Repair it and start again."
    hash -r
    mapfile -t packages < <(missing_packages)
    ((${#packages[@]} == 0)) || die "Still missing after apt: ${packages[*]}"
}
