"""The portal's settings for tests: a data directory per run, one file database, nothing slow on purpose.

A worker started by a test is a process of its own with ``rcro_portal.settings``; ``tests.worker`` hands it the same
database, broker, store and keys by the same variables that an administrator sets.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _run_dir() -> Path:
    """One directory per test process; a process started by a test finds its parent's."""
    if "RCRO_TEST_DIR" not in os.environ:
        made = tempfile.mkdtemp(prefix="rcro-tests-")
        os.environ["RCRO_TEST_DIR"] = made
        atexit.register(shutil.rmtree, made, ignore_errors=True)
    run_dir = Path(os.environ["RCRO_TEST_DIR"]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
    for part in ("broker/queue", "broker/control", "logs", "mail", "run", "static", "store"):
        (run_dir / part).mkdir(parents=True, exist_ok=True)
    return run_dir


def _own_redis() -> str:
    """Processes that test side by side each empty a Redis database of their own: the named one, then every other."""
    named = os.environ.setdefault("RCRO_TEST_REDIS", os.environ["REDIS_URL"])
    server, _, database = named.rpartition("/")
    number = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    return f"{server}/{int(database) - 2 * number}"


if os.environ.get("REDIS_URL") and os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["REDIS_URL"] = _own_redis()
os.environ["RCRO_DATA_DIR"] = str(_run_dir())
os.environ["RCRO_SECRET_KEY"] = "only-for-tests-" * 5
os.environ["RCRO_MFA_KEY"] = "for-second-factors-of-tests-" * 3
for _variable in (
    "RCRO_DEBUG",
    "RCRO_DEMO",
    "RCRO_KEYS_DIR",
    "RCRO_SECRET_KEY_FILE",
    "RCRO_MFA_KEY_FILE",
    "RCRO_BASE_URL",
):
    os.environ.pop(_variable, None)

if "RCRO_COVERAGE_DIR" in os.environ:
    import tests.coverage  # noqa: F401 - before any module that it counts is loaded

from rcro_portal.settings import *  # noqa: E402, F403
from rcro_portal.settings import DATA_DIR, DATABASES, STORAGES  # noqa: E402

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "tests.static.Unhashed"}}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
# Between a code and its check a slow machine may pass the end of its thirty seconds.
MFA_TOTP_TOLERANCE = 1
# Limits that one test used up must not meet the next one; the cache in files would outlive it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    # A test database need not survive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
