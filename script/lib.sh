# Sourced by every script here: words, the repository's root, the data directory, system packages.
# shellcheck shell=sh

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
VENV=$ROOT/.venv
export PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

# Progress goes to stderr, so that the last line of stdout stays what a script promises.
say() { printf '%s\n' "$*" >&2; }

die() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

use_data_dir() {
    RCRO_DATA_DIR=${RCRO_DATA_DIR:-$ROOT/var}
    case $RCRO_DATA_DIR in /*) ;; *) RCRO_DATA_DIR=$PWD/$RCRO_DATA_DIR ;; esac
    export RCRO_DATA_DIR
    mkdir -p "$RCRO_DATA_DIR" || die "Не удаётся создать каталог данных $RCRO_DATA_DIR."
    for part in broker/queue broker/control cache logs mail run static store; do
        mkdir -p "$RCRO_DATA_DIR/$part"
    done
}

# The secret is made once and read by every process; whoever sets one himself keeps it.
use_secret_key() {
    if [ -n "${RCRO_SECRET_KEY:-}${RCRO_SECRET_KEY_FILE:-}" ]; then return; fi
    keys=${RCRO_KEYS_DIR:-$RCRO_DATA_DIR/keys}
    (umask 077 && mkdir -p "$keys")
    RCRO_SECRET_KEY_FILE=$keys/secret_key
    export RCRO_SECRET_KEY_FILE
    if [ -s "$RCRO_SECRET_KEY_FILE" ]; then return; fi
    (umask 077 && "$VENV/bin/python" -c 'import secrets; print(secrets.token_urlsafe(64))' >"$RCRO_SECRET_KEY_FILE.new")
    mv "$RCRO_SECRET_KEY_FILE.new" "$RCRO_SECRET_KEY_FILE"
}

may_use_apt() { [ "$(id -u)" = 0 ] && have apt-get; }

# Announced, only as root, never by sudo. Answers 1 where it may not or did not.
apt_install() {
    may_use_apt || return 1
    say "Устанавливаю системные пакеты (apt-get install): $*"
    # A list that is too old names files that are gone; a fresh one costs seconds.
    DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 || return 1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2
}
