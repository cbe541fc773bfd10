# Formatters and linters from npm, run by the Node.js of the virtual environment.
# shellcheck shell=bash

install_node() {
    local node=$VAR/node hash
    hash=$(fingerprint "$ROOT"/package{,-lock}.json "$ROOT/requirements-dev.txt")
    is_done node "$hash" && return
    say "Installing the JavaScript tools into var/node"
    rm -rf "$node"
    mkdir -p "$node"
    cp "$ROOT"/{package.json,package-lock.json,.npmrc} "$node"
    PATH=$VENV/bin:$PATH quietly npm.log npm --prefix "$node" ci --ignore-scripts ||
        die "npm could not install the JavaScript tools. Is the network up? Start again."
    mark_done node "$hash"
}
