# Shared by all scripts: paths, messages, and stamps to skip finished steps.
# shellcheck shell=bash

# Make `set -e` apply within $(...) too.
shopt -s inherit_errexit

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# Everything downloaded, built or stored goes here and nowhere else.
VAR=$ROOT/var
STAMPS=$VAR/stamps
VENV=$VAR/venv
export ROOT VAR VENV

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
warn() { printf '\033[33mwarning:\033[0m %s\n' "$*" >&2; }

# die MESSAGE [LINE...]: exit with an error message, followed by advice.
die() {
    printf '\033[31merror:\033[0m %s\n' "$1" >&2
    shift
    (($# == 0)) || printf '       %s\n' "$@" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# fingerprint WORD|FILE...: print a hash of the words and of the contents of the files.
fingerprint() {
    local item
    for item in "$@"; do
        if [[ -f $item ]]; then cat -- "$item"; else printf '%s\n' "$item"; fi
    done | sha256sum | cut -c1-12
}

# is_done STEP HASH, mark_done STEP HASH: a step is repeated if its inputs have changed.
is_done() { [[ -f $STAMPS/$1 && $(<"$STAMPS/$1") == "$2" ]]; }
mark_done() {
    mkdir -p "$STAMPS"
    printf '%s\n' "$2" >"$STAMPS/$1"
}

# need_space MB WHAT [FOLDER]: exit early rather than run out of space half-way.
need_space() {
    local free
    free=$(df -Pm "${3:-$VAR}" | awk 'NR == 2 { print $4 }')
    ((free >= $1)) || die "The disk is full: $2 needs $1 MB, ${3:-$VAR} has $free MB left." \
        "Free some space and start again; what was finished is kept."
}

# quietly LOG COMMAND...: write the output to var/log, and show its end only on failure.
quietly() {
    local log=$VAR/log/$1 status=0
    shift
    mkdir -p "$VAR/log"
    "$@" >"$log" 2>&1 || status=$?
    if ((status)); then
        tail -n 15 "$log" >&2
        warn "the whole output is in $log"
    fi
    return "$status"
}
