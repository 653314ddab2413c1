# Sourced by .ci/run and script/test: PostgreSQL and Redis on this machine, installed (only as root) and started.
# Wants «die» of whoever sources it. Sets PG and REDIS, the addresses without a database.
# shellcheck shell=sh disable=SC2034

PG=postgres://root@127.0.0.1:5432
REDIS=redis://127.0.0.1:6379

install_services() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        die "Нужны PostgreSQL и Redis на 127.0.0.1 (порты 5432 и 6379); установите и запустите их."
    fi
    echo "Устанавливаю PostgreSQL и Redis (apt-get install postgresql redis-server)"
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql redis-server
}

postgres_answers() { psql -h 127.0.0.1 -U root -d test -qtc 'select 1' >/dev/null 2>&1; }
postgres_listens() { pg_isready -q -h 127.0.0.1 -p 5432; }

start_postgres() {
    if postgres_listens; then return; fi
    if command -v pg_ctlcluster >/dev/null; then
        pg_lsclusters -h | while read -r version name _; do
            pg_ctlcluster --skip-systemctl-redirect "$version" "$name" start || true
        done
    else
        pg_ctl -D "${PGDATA:-/var/lib/postgresql/data}" -l /dev/null -w start || true
    fi
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        if postgres_listens; then return; fi
        sleep 1
    done
    die "PostgreSQL не отвечает на 127.0.0.1:5432."
}

# Tests log in without a password from this machine; that is the one thing this script does not set by itself.
make_role_and_database() {
    if postgres_answers; then return; fi
    su postgres -c "psql -qtc \"select 1 from pg_roles where rolname = 'root'\"" | grep -q 1 ||
        su postgres -c "createuser --superuser root"
    su postgres -c "psql -qtc \"select 1 from pg_database where datname = 'test'\"" | grep -q 1 ||
        su postgres -c "createdb -O root test"
    postgres_answers || die "Роль root не входит в базу test на 127.0.0.1 без пароля: разрешите trust в pg_hba.conf."
}

start_redis() {
    if redis-cli -h 127.0.0.1 ping 2>/dev/null | grep -q PONG; then return; fi
    redis-server --daemonize yes --bind 127.0.0.1 --port 6379 --save "" --appendonly no >/dev/null
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        if redis-cli -h 127.0.0.1 ping 2>/dev/null | grep -q PONG; then return; fi
        sleep 1
    done
    die "Redis не отвечает на 127.0.0.1:6379."
}

start_services() {
    if ! command -v psql >/dev/null || ! command -v redis-server >/dev/null; then install_services; fi
    start_postgres
    make_role_and_database
    start_redis
}
