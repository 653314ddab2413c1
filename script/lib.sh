# Sourced by every script here: words, the repository's root, the data directory, system packages.
# shellcheck shell=sh

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
VENV=$ROOT/.venv
export PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
# Where it is set, each process of ours would compile the whole portal anew.
unset PYTHONDONTWRITEBYTECODE

# Progress goes to stderr, so that the last line of stdout stays what a script promises.
say() { printf '%s\n' "$*" >&2; }

die() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

refuse_unwritable() {
    if [ ! -e "$1" ] || [ -w "$1" ]; then return; fi
    die "Нет права писать в $1 (вы – $(id -un 2>/dev/null || id -u)). Запустите от имени владельца папки или возьмите свою копию."
}

# A relative folder is the caller's, wherever the scripts go afterwards.
CALLED_FROM=$PWD
use_data_dir() {
    RCRO_DATA_DIR=${RCRO_DATA_DIR:-$ROOT/var}
    case $RCRO_DATA_DIR in /*) ;; *) RCRO_DATA_DIR=$CALLED_FROM/$RCRO_DATA_DIR ;; esac
    export RCRO_DATA_DIR
    mkdir -p "$RCRO_DATA_DIR" 2>/dev/null || die "Не удаётся создать каталог данных $RCRO_DATA_DIR: нет права или места."
    refuse_unwritable "$RCRO_DATA_DIR"
    for part in broker/queue broker/control cache logs mail run static store; do
        mkdir -p "$RCRO_DATA_DIR/$part"
    done
}

# Each secret is made once and read by every process; whoever sets one himself keeps it.
use_secrets() {
    if [ -z "${RCRO_SECRET_KEY:-}${RCRO_SECRET_KEY_FILE:-}" ]; then
        make_secret secret_key
        RCRO_SECRET_KEY_FILE=$made
        export RCRO_SECRET_KEY_FILE
    fi
    if [ -z "${RCRO_MFA_KEY:-}${RCRO_MFA_KEY_FILE:-}" ]; then
        make_secret mfa_key
        RCRO_MFA_KEY_FILE=$made
        export RCRO_MFA_KEY_FILE
    fi
}

# Makes the secret of that name in the folder of keys, unless it is there; its path is in $made.
make_secret() {
    keys=${RCRO_KEYS_DIR:-$RCRO_DATA_DIR/keys}
    (umask 077 && mkdir -p "$keys")
    made=$keys/$1
    if [ -s "$made" ]; then return; fi
    (umask 077 && "$VENV/bin/python" -c 'import secrets; print(secrets.token_urlsafe(64))' >"$made.new")
    mv "$made.new" "$made"
}

may_use_apt() { [ "$(id -u)" = 0 ] && have apt-get; }

# A list that is too old names files that are gone; a fresh one costs seconds.
apt_update() { may_use_apt && DEBIAN_FRONTEND=noninteractive apt-get update -q >&2; }

# Announced, only as root, never by sudo. Answers 1 where it may not or did not.
apt_install() {
    may_use_apt || return 1
    say "Устанавливаю системные пакеты (apt-get install): $*"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2
}
