# Sourced by script/setup: what the portal needs of the system, found at once and said in one block.
# shellcheck shell=sh

# check | in words | Debian, Ubuntu | Fedora | Alpine | macOS; the first for every level, the second for tests.
RUNTIME_NEEDS='new_python|Python 3.12, 3.13 или 3.14 с модулем venv|python3 python3-venv|python3.13|python3|python@3.13
pango|Pango 1.44 или новее: без неё не нарисовать письмо|libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0|pango|pango harfbuzz-subset fontconfig|pango'
TEST_NEEDS='chromium_path|Chromium: в нём проверяются страницы|chromium-headless-shell|chromium|chromium|--cask google-chrome
poppler|программы poppler (pdfsig, pdftotext, pdffonts, pdftoppm)|poppler-utils|poppler-utils|poppler-utils|poppler
zbarimg_reads|программа zbarimg: второй читатель QR-кодов|zbar-tools|zbar|zbar|zbar
libatomic|библиотека libatomic: её ждёт программа, которая управляет браузером|libatomic1|libatomic|libatomic|'

# The shell without windows of its own draws the same pages for three fifths of the processor's time.
chromium_path() {
    for name in "${RCRO_CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome \
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
        if [ -n "$name" ] && have "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

poppler() { have pdfsig && have pdftotext && have pdffonts && have pdftoppm; }

zbarimg_reads() { have zbarimg; }

# Only the loader knows; where it cannot be asked, the program that wants the library will say.
library() {
    loader=$(command -v ldconfig || command -v /sbin/ldconfig) || return 0
    "$loader" -p 2>/dev/null | grep -q "^[[:space:]]*$1" || ! "$loader" -p >/dev/null 2>&1
}
pango() { library libpango-1.0.so && library libpangoft2-1.0.so && library libharfbuzz-subset.so; }
libatomic() { library libatomic.so; }

# A Python without ensurepip cannot make a whole environment, unless something else can.
makes_venvs() { "$1" -c 'import ensurepip' 2>/dev/null || have uv || "$1" -m virtualenv --version >/dev/null 2>&1; }
new_python() {
    if venv_works; then return; fi
    found=$(script/find-python) && makes_venvs "$found"
}

needs_of() {
    printf '%s\n' "$RUNTIME_NEEDS"
    if [ "$1" = test ]; then printf '%s\n' "$TEST_NEEDS"; fi
}

missing() {
    needs_of "$1" | while IFS= read -r need; do
        "${need%%|*}" >/dev/null 2>&1 || printf '%s\n' "$need"
    done
}

# «a b» of the column of all that is missing.
packages() { printf '%s\n' "$1" | cut -d '|' -f "$2" | sed '/^$/d' | tr '\n' ' ' | sed 's/ $//'; }

tell_missing() {
    printf '\nНе хватает:\n' >&2
    printf '%s\n' "$1" | cut -d '|' -f 2 | sed 's/^/  – /' >&2
    printf 'Установите и запустите команду ещё раз:\n' >&2
    if ! have apt-get || apt_has_new_python || ! printf '%s\n' "$1" | grep -q '^new_python'; then
        say "  Debian, Ubuntu:  apt-get install $(packages "$1" 3)"
    else
        # The system's own Python is too old, and its packages have no newer one.
        others=$(packages "$(printf '%s\n' "$1" | grep -v '^new_python')" 3)
        say "  Debian, Ubuntu:  apt-get install python3 python3-venv${others:+ $others}
                   python3 -m venv /tmp/uv && /tmp/uv/bin/pip install uv && /tmp/uv/bin/uv python install 3.13"
    fi
    say "  Fedora:          dnf install $(packages "$1" 4)
  Alpine:          apk add $(packages "$1" 5)
  macOS:           brew install $(packages "$1" 6)"
    case $1 in *new_python*) say "Если Python стоит в необычном месте, укажите путь: RCRO_PYTHON=/путь/к/python3.13" ;; esac
    case $1 in *chromium_path*) say "Если Chromium стоит в необычном месте, укажите путь: RCRO_CHROMIUM=/путь/к/chromium" ;; esac
}

apt_has_new_python() {
    have apt-cache && apt-cache show --no-all-versions python3 2>/dev/null | grep -q '^Version: 3\.1[2-4]'
}

# Debian 12 has nothing newer than 3.11: uv, taken by the system's Python into a folder that is thrown away, brings one.
python_by_uv() {
    if have uv; then
        say "Подходящего Python нет. Беру его через uv: uv python install 3.13"
        uv python install 3.13 >&2
        return
    fi
    have python3 && python3 -c 'import ensurepip' 2>/dev/null || return 1
    tools=$(mktemp -d)
    say "Подходящего Python нет. Ставлю uv во временную папку и беру им Python: uv python install 3.13"
    python3 -m venv "$tools" >&2 && "$tools/bin/pip" install -q uv >&2 && "$tools/bin/uv" python install 3.13 >&2
    status=$?
    rm -rf "$tools"
    return $status
}

# Announced, only as root; what apt could not bring is said afterwards with all the rest.
install_missing() {
    wanted=$(packages "$1" 3)
    apt_update || return 0
    case $1 in *new_python*) apt_has_new_python || wanted="$wanted python3 python3-venv" ;; esac
    # shellcheck disable=SC2086
    apt_install $wanted || say "apt не установил: $wanted (причина выше)."
}

meet_needs() {
    lacking=$(missing "$1")
    if [ -n "$lacking" ] && may_use_apt; then
        install_missing "$lacking"
        lacking=$(missing "$1")
    fi
    case $lacking in
    *new_python*) if python_by_uv; then lacking=$(missing "$1"); fi ;;
    esac
    if [ -z "$lacking" ]; then return; fi
    tell_missing "$lacking"
    exit 1
}
