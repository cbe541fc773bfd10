# Odoo 19.0: found on the machine or fetched into var/, never installed into the system.
# shellcheck shell=bash

SERIES=19.0
# The Debian build of Odoo links to fonts and JavaScript libraries in /usr/share. These
# packages, unpacked into the same tree, contain the files that it links to.
DEBIAN_PACKAGES=(
    odoo-19 fonts-font-awesome fonts-inconsolata fonts-montserrat fonts-ocr-b
    fonts-roboto-unhinted libjs-jquery libjs-jquery-form libjs-underscore
)

# odoo_path FOLDER...: print the first path that contains the Python package `odoo` of
# our series. A folder may be a checkout, a folder of packages, or an unpacked Debian
# package.
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

# importable_odoo: print the path of the Odoo that a Python of the machine can import.
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

# private_apt COMMAND...: run apt-get with its own sources, lists and cache in var/apt.
# Other settings of the machine (proxy, certificates) still apply.
private_apt() {
    APT_CONFIG=$VAR/apt/apt.conf apt-get -q -o Dir::Etc::SourceList="$VAR/apt/sources.list" \
        -o Dir::Etc::SourceParts=- -o Dir::Etc::Preferences=- -o Dir::Etc::PreferencesParts=- \
        -o Dir::State::Lists="$VAR/apt/lists" -o Dir::State::Status="$VAR/apt/status" \
        -o Dir::Cache="$VAR/apt/cache" -o APT::Default-Release=bookworm \
        -o Acquire::Retries=3 -o APT::Update::Error-Mode=any "$@"
}

# debian_mirror: print the archive that the machine's apt uses, in any sources format.
debian_mirror() {
    mkdir -p "$VAR/apt/machine-lists/partial"
    apt-get -o Dir::State::Lists="$VAR/apt/machine-lists" --print-uris update 2>/dev/null |
        sed -nE "s#^'([^']+)/dists/[^/']+/main/binary-.*#\1#p" | grep -v -m 1 -- '-security$'
}

# fetch_debian_odoo: download Debian's package of Odoo, verify it against the machine's
# keyring, and unpack it. Fails if the machine's archive does not have the package.
fetch_debian_odoo() {
    local apt=$VAR/apt mirror signed='' package
    have apt-get || return 1
    rm -rf "$apt" "$VAR/odoo.new"
    mkdir -p "$apt"/{cache/archives/partial,lists/partial,packages}
    mirror=$(debian_mirror) || return 1
    say "Fetching Odoo $SERIES from the Debian archive (about 130 MB)"
    [[ ! -f /usr/share/keyrings/debian-archive-keyring.gpg ]] ||
        signed="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] "
    # The links need the libraries of the stable release; Odoo itself is only in sid.
    printf "deb $signed$mirror %s main\n" bookworm sid >"$apt/sources.list"
    # The sandbox user may have no access to the checkout, and hooks of the machine's
    # apt, such as cache cleaners, must not run here.
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
    # Debian omits this file of mail's manifest: every page would log an error.
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
