# Odoo 19.0: found on the machine or fetched into var/, never installed into the system.
# shellcheck shell=bash

SERIES=19.0
# The Debian build of Odoo links its fonts and JavaScript libraries into /usr/share; these
# packages, unpacked into the same tree, are where the links point to.
DEBIAN_PACKAGES=(
    odoo-19 fonts-font-awesome fonts-inconsolata fonts-montserrat fonts-ocr-b
    fonts-roboto-unhinted libjs-jquery libjs-jquery-form libjs-underscore
)

# odoo_path FOLDER...: the first that holds the Python package `odoo` of our series: a checkout,
# a folder of packages, or the root of an unpacked Debian package.
odoo_path() {
    local folder candidate
    for folder in "$@"; do
        for candidate in "$folder" "$folder/usr/lib/python3/dist-packages" "${folder%/odoo}"; do
            if grep -qs "^version_info = (${SERIES/./, }," "$candidate/odoo/release.py"; then
                (cd "$candidate" && pwd -P)
                return
            fi
        done
    done
    return 1
}

# importable_odoo: the one that a Python of the machine imports.
importable_odoo() {
    local python folder
    for python in "$(base_python)" python3; do
        folder=$("$python" -c '
import importlib.util, os
print(os.path.dirname(importlib.util.find_spec("odoo.release").origin))' 2>/dev/null) || continue
        odoo_path "$folder" && return
    done
    return 1
}

install_odoo() {
    if [[ -n ${ODOO_HOME:-} ]]; then
        ODOO_PATH=$(odoo_path "$ODOO_HOME") || die "ODOO_HOME=$ODOO_HOME holds no Odoo $SERIES."
        return
    fi
    ODOO_PATH=$(odoo_path "$(cat "$STAMPS/odoo" 2>/dev/null)" 2>/dev/null) ||
        ODOO_PATH=$(importable_odoo) || ODOO_PATH=$(odoo_path "$VAR/odoo") || {
        need_space 3000 "Odoo"
        fetch_debian_odoo || fetch_git_odoo
        ODOO_PATH=$(odoo_path "$VAR/odoo") || die "There is no Odoo $SERIES in what was fetched."
    }
    mark_done odoo "$ODOO_PATH"
}

# private_apt COMMAND...: apt-get with sources, lists and cache of its own in var/apt. The machine's
# other settings (proxy, certificates) stay in force.
private_apt() {
    APT_CONFIG=$VAR/apt/apt.conf apt-get -q -o Dir::Etc::SourceList="$VAR/apt/sources.list" \
        -o Dir::Etc::SourceParts=- -o Dir::Etc::Preferences=- -o Dir::Etc::PreferencesParts=- \
        -o Dir::State::Lists="$VAR/apt/lists" -o Dir::State::Status="$VAR/apt/status" \
        -o Dir::Cache="$VAR/apt/cache" -o APT::Default-Release=bookworm \
        -o Acquire::Retries=3 -o APT::Update::Error-Mode=any "$@"
}

# debian_mirror: the archive that the machine's own apt reads, in whatever format it is written.
debian_mirror() {
    mkdir -p "$VAR/apt/machine-lists/partial"
    apt-get -o Dir::State::Lists="$VAR/apt/machine-lists" --print-uris update 2>/dev/null |
        sed -nE "s#^'([^']+)/dists/[^/']+/main/binary-.*#\1#p" | grep -v -m 1 -- '-security$'
}

# fetch_debian_odoo: Debian's package of Odoo, verified against the machine's keyring, unpacked.
# Fails where the machine's archive has none.
fetch_debian_odoo() {
    local apt=$VAR/apt mirror signed='' package
    have apt-get || return 1
    rm -rf "$apt" "$VAR/odoo.new"
    mkdir -p "$apt"/{cache/archives/partial,lists/partial,packages}
    mirror=$(debian_mirror) || return 1
    say "Fetching Odoo $SERIES from the Debian archive (about 130 MB)"
    [[ ! -f /usr/share/keyrings/debian-archive-keyring.gpg ]] ||
        signed="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] "
    # The links want the libraries as the stable release has them; Odoo itself is in sid only.
    printf "deb $signed$mirror %s main\n" bookworm sid >"$apt/sources.list"
    # The sandbox user may not enter every checkout, and hooks of the machine's apt (cache cleaners
    # and the like) are not for this tree.
    printf '%s\n' 'APT::Sandbox::User "root";' 'Acquire::Languages "none";' \
        '#clear APT::Update::Post-Invoke;' '#clear APT::Update::Post-Invoke-Success;' >"$apt/apt.conf"
    : >"$apt/status"
    quietly odoo-index.log private_apt update || return 1
    (cd "$apt/packages" && quietly odoo-download.log private_apt download "${DEBIAN_PACKAGES[@]}") ||
        return 1
    say "Unpacking Odoo into var/odoo"
    for package in "$apt"/packages/*.deb; do
        dpkg-deb -x "$package" "$VAR/odoo.new" ||
            die "Could not unpack $(basename "$package"). Is the disk full? Start again."
    done
    # Debian leaves this file out, though mail's manifest names it: every page would log an error.
    install -D -m 644 /dev/null "$VAR/odoo.new/usr/lib/python3/dist-packages/odoo/addons/mail/\
static/lib/selfie_segmentation/selfie_segmentation.js"
    [[ -z $(find "$VAR/odoo.new" -xtype l -print -quit) ]] ||
        warn "some files of Odoo are links to nowhere; pages may miss a font or a library"
    rm -rf "$VAR/odoo"
    mv "$VAR/odoo.new" "$VAR/odoo"
    rm -rf "$apt"
}

fetch_git_odoo() {
    local url=${ODOO_GIT_URL:-https://github.com/odoo/odoo.git}
    warn "the Debian archive gave no Odoo; see var/log"
    say "Cloning Odoo $SERIES from $url"
    rm -rf "$VAR/odoo.new"
    git clone -q --depth 1 --branch "$SERIES" "$url" "$VAR/odoo.new" ||
        die "Odoo $SERIES could be fetched neither from the Debian archive nor by git." \
            "Is the network up? Start again, or set ODOO_HOME to a checkout of Odoo $SERIES."
    rm -rf "$VAR/odoo"
    mv "$VAR/odoo.new" "$VAR/odoo"
}
