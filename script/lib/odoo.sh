# Odoo 19.0: found on the machine or fetched into var/, never installed into the system.
# shellcheck shell=bash

SERIES=19.0
# The Debian build of Odoo links its fonts and JavaScript libraries into /usr/share;
# these packages, unpacked into the same tree, are where the links point to.
DEBIAN_PACKAGES=(
    odoo-19 fonts-font-awesome fonts-inconsolata fonts-montserrat fonts-ocr-b
    fonts-roboto-unhinted libjs-jquery libjs-jquery-form libjs-underscore
)

# odoo_path DIRECTORY...: the first that holds the package `odoo` of our series.
odoo_path() {
    local directory release
    for directory in "$@"; do
        for directory in "$directory" "$directory/usr/lib/python3/dist-packages" \
            "$(dirname "$directory")"; do
            release=$directory/odoo/release.py
            if [[ -f $release ]] && grep -q "^version_info = (${SERIES/./, }," "$release"; then
                (cd "$directory" && pwd -P)
                return
            fi
        done
    done
    return 1
}

# odoo_importable: the path of an Odoo that the machine's own Python imports.
odoo_importable() {
    local python directory
    for python in "$(base_python)" python3; do
        have "$python" || continue
        directory=$("$python" -c '
import importlib.util, os
spec = importlib.util.find_spec("odoo.release")
print(os.path.dirname(os.path.dirname(spec.origin)))' 2>/dev/null) || continue
        odoo_path "$directory" && return
    done
    return 1
}

find_odoo() {
    local recorded=$STAMPS/odoo-path
    if [[ -n ${ODOO_HOME:-} ]]; then
        odoo_path "$ODOO_HOME" || die "ODOO_HOME=$ODOO_HOME holds no Odoo $SERIES."
    elif [[ -f $recorded ]] && odoo_path "$(<"$recorded")"; then
        return
    else
        odoo_importable || odoo_path "$VAR/odoo" "$VAR/odoo-git"
    fi
}

install_odoo() {
    ODOO_PATH=$(find_odoo) || {
        [[ -z ${ODOO_HOME:-} ]] || exit 1
        mkdir -p "$VAR"
        need_space 3000 "Odoo"
        fetch_debian_odoo || fetch_git_odoo
        ODOO_PATH=$(find_odoo) || die "No Odoo $SERIES in what was fetched."
    }
    [[ -n ${ODOO_HOME:-} ]] || mark_done odoo-path "$ODOO_PATH"
}

# private_apt COMMAND...: apt-get with its own sources, lists and cache under var/apt. The
# machine's other settings (proxy, certificates) stay in force.
private_apt() {
    APT_CONFIG=$VAR/apt/apt.conf apt-get -q -o Dir::Etc::SourceList="$VAR/apt/sources.list" \
        -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$VAR/apt/lists" \
        -o Dir::State::Status="$VAR/apt/status" -o Dir::Cache="$VAR/apt/cache" \
        -o APT::Update::Post-Invoke= -o APT::Default-Release=bookworm "$@"
}

# debian_mirror: the archive that this machine's own apt reads, deb822 or one-line format.
debian_mirror() {
    local lists=$VAR/apt/machine-lists
    mkdir -p "$lists/partial"
    apt-get -o Dir::State::Lists="$lists" --print-uris update 2>/dev/null |
        sed -nE "s#^'([^']+)/dists/[^/']+/main/binary-[^']*'.*#\1#p" |
        grep -v -- '-security' | head -n 1
}

fetch_debian_odoo() {
    have apt-get && have dpkg-deb || return 1
    local apt=$VAR/apt mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    rm -rf "$apt"
    mkdir -p "$apt"/{cache/archives/partial,lists/partial} "$VAR/cache"
    mirror=$(debian_mirror)
    [[ -n $mirror ]] || return 1
    say "Fetching Odoo $SERIES from the Debian archive (about 130 MB)"
    : >"$apt/status"
    # Hooks of the machine's apt (cache cleaners and the like) are not for this tree.
    printf '%s\n' 'APT::Sandbox::User "root";' 'Acquire::Languages "none";' >"$apt/apt.conf"
    [[ -f $keyring ]] && keyring="[signed-by=$keyring] " || keyring=
    # The links want the libraries as the stable release has them; the rest is in sid only.
    printf "deb $keyring$mirror %s main\n" bookworm sid >"$apt/sources.list"
    quietly odoo-index.log private_apt update &&
        (cd "$VAR/cache" && quietly odoo-download.log private_apt download "${DEBIAN_PACKAGES[@]}") ||
        { warn "the Debian archive gave no Odoo"; return 1; }
    say "Unpacking Odoo into var/odoo"
    rm -rf "$VAR/odoo.new" "$VAR/odoo"
    local package
    for package in "${DEBIAN_PACKAGES[@]}"; do
        dpkg-deb -x "$VAR/cache/${package}"_*.deb "$VAR/odoo.new" ||
            die "Could not unpack $package (a full disk? a broken download?). Start again."
    done
    # Debian leaves this file out, though mail's manifest names it: every page would log
    # an error.
    local library=odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
    install -D -m 644 /dev/null "$VAR/odoo.new/usr/lib/python3/dist-packages/$library"
    [[ -z $(find "$VAR/odoo.new" -xtype l) ]] || warn "Odoo's tree has dangling links"
    mv "$VAR/odoo.new" "$VAR/odoo"
    rm -rf "$apt" "$VAR/cache"
}

fetch_git_odoo() {
    local url=${ODOO_GIT_URL:-https://github.com/odoo/odoo.git}
    say "Cloning Odoo $SERIES from $url"
    rm -rf "$VAR/odoo-git.new"
    git clone -q --depth 1 --branch "$SERIES" "$url" "$VAR/odoo-git.new" ||
        die "Odoo $SERIES could not be fetched from Debian nor by git." \
            "Check the network, or set ODOO_HOME to a checkout of Odoo $SERIES."
    mv "$VAR/odoo-git.new" "$VAR/odoo-git"
}
