"""All settings of the portal; what differs between installations comes from the environment (see ``env``).

DATABASE_URL and REDIS_URL choose between the embedded default (SQLite and a broker of files, both in
RCRO_DATA_DIR) and production (PostgreSQL and Redis). Nothing else in the code asks which it is.
"""

from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.csp import CSP

from rcro_portal import queues
from rcro_portal.lib import addresses, env, log_lines, sessions

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.path("RCRO_DATA_DIR", BASE_DIR / "var")
STORE_DIR = DATA_DIR / "store"
BROKER_DIR = DATA_DIR / "broker"
KEYS_DIR = env.path("RCRO_KEYS_DIR", DATA_DIR / "keys")
DEMO = env.flag("RCRO_DEMO")
DEBUG = env.flag("RCRO_DEBUG")
SECRET_KEY = env.secret("RCRO_SECRET_KEY")
BASE_URL = env.address("RCRO_BASE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.hosts("RCRO_ALLOWED_HOSTS", "127.0.0.1,localhost")
OVER_TLS = BASE_URL.startswith("https://")

# -- Applications ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    *("rcro_portal", "centers", "projects", "events", "olympiad", "reports"),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *(f"django.contrib.{name}" for name in ("admin", "auth", "contenttypes", "humanize", "messages", "sessions")),
    *("django.contrib.sitemaps", "django.contrib.staticfiles"),
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "rcro_portal.middleware.modest_pages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "rcro_portal.middleware.readable_first",
    "rcro_portal.middleware.without_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "rcro_portal.middleware.changes_have_authors",
    "rcro_portal.middleware.lasting_session",
    "rcro_portal.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rcro_portal.own_pages.own_pages",
    "rcro_portal.middleware.no_copies",
    "rcro_portal.middleware.back_to_the_form",
    "rcro_portal.middleware.second_factor",
    "rcro_portal.other_eyes.through_other_eyes",
    "rcro_portal.lib.room.room_first",
    "rcro_portal.middleware.RefusalsInWords",
]
ROOT_URLCONF = "rcro_portal.urls"
WSGI_APPLICATION = "rcro_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rcro_portal.context.portal",
                "reports.delivery.context.letter_behind",
            ],
            "builtins": ["rcro_portal.lib.one_line", "rcro_portal.lib.quotes"],
        },
    },
]
# Forms are dressed by templates/django/forms/.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- Database, broker, cache ----------------------------------------------------------------------

DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
REDIS_URL = env.text("REDIS_URL", "")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the writer's lock at BEGIN, so that a web process and a worker wait instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
    }
else:
    # A server that is switched off does not even refuse; libpq would wait for it as long as TCP does.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, Any]]
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any]
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "rcro_portal.lib.soft_cache.SoftRedis", "LOCATION": REDIS_URL}}
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # A frozen broker may hold a web request for two seconds, not for a minute.
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.2,
    }
else:
    CACHES = {"default": {"BACKEND": "rcro_portal.lib.soft_cache.SoftFiles", "LOCATION": DATA_DIR / "cache"}}
    CELERY_BROKER_URL = "files://localhost/"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 90
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_WORKER_CONCURRENCY = env.number("RCRO_WORKER_CHILDREN", 1, least=1)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # kilobytes
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_QUEUES = queues.queues()
CELERY_TASK_ROUTES = queues.ROUTES
CELERY_TASK_DEFAULT_QUEUE = queues.UPKEEP
CELERY_TIMEZONE = "Asia/Tomsk"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = queues.schedule(env.number("RCRO_SWEEP_SECONDS", 10, least=1))
# A claimed row belongs to one worker for so long; afterwards the sweep gives it to another.
LEASE_SECONDS = env.number("RCRO_LEASE_SECONDS", 2 * CELERY_TASK_TIME_LIMIT, least=1)
# RFC 5321, 4.5.3.2.6: a server that has the whole message may look into it for ten minutes before it answers.
MAIL_ANSWER_SECONDS = env.number("RCRO_SMTP_ANSWER_SECONDS", 600, least=1)
MAIL_TASK_SECONDS = MAIL_ANSWER_SECONDS + 150
CELERY_TASK_ANNOTATIONS = queues.limits(MAIL_TASK_SECONDS)
MAIL_LEASE_SECONDS = MAIL_ANSWER_SECONDS + LEASE_SECONDS
# Nothing is mailed between 20:00 and 08:00 in Tomsk.
QUIET_HOURS = env.flag("RCRO_QUIET_HOURS", default=not DEMO)
# In working days, before a term and after it.
OUTCOME_WORKING_DAYS = env.number("RCRO_OUTCOME_WORKING_DAYS", 5, least=1)
REMIND_DAYS_BEFORE, REMIND_DAYS_AFTER = (3, 1), (1, 5)

# -- People -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "centers.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["rcro_portal.lib.hashing.InTurn"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "centers.accounts.adapters.InvitationOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# School computers are shared: the session ends with the browser.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Forty-seven schools may stand behind one address: the account is limited first, the address generously.
ACCOUNT_RATE_LIMITS = dict(login="120/m/ip", login_failed="60/m/ip,5/5m/key", check_letter="60/m/ip", here="5/5m/key")  # noqa: C408
ACCOUNT_RATE_LIMITS |= dict(api="600/m/key", api_refused="60/m/ip")  # noqa: C408
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("RCRO_PROXY_COUNT", 0)
MFA_ADAPTER, MFA_TOTP_ISSUER = "centers.accounts.adapters.SealedSecondFactor", "Портал РВЦИ"
MFA_KEYS = env.secrets("RCRO_MFA_KEY")
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey is both factors: having it, and the finger, face or PIN that it asks for. Whatever asks for none is refused.
MFA_PASSKEY_LOGIN_ENABLED, MFA_WEBAUTHN_USER_VERIFICATION = True, "required"
MFA_RATE_LIMITS, _KEY = {"webauthn_login": "120/m/ip"}, ("add", "edit", "login", "authenticate", "reauthenticate")
MFA_FORMS = {f"{act}_webauthn": f"centers.accounts.passkeys.{act.title()}Key" for act in _KEY}
SECOND_FACTOR_REQUIRED = not DEMO

# -- Language, time, files ----------------------------------------------------------------------------

LANGUAGE_CODE = "ru"
USE_TZ = True
TIME_ZONE = "Asia/Tomsk"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", BASE_DIR / "node_modules/bootstrap/dist/css"),
    ("bootstrap-icons", BASE_DIR / "node_modules/bootstrap-icons/font"),
    ("golos", BASE_DIR / "node_modules/@fontsource-variable/golos-text"),
    ("htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    ("quill", BASE_DIR / "node_modules/quill/dist"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LETTER_FONT_DIR = BASE_DIR / "node_modules/@expo-google-fonts/tinos"
# Below this nothing new is accepted, so that what is under way has room to end; twice as much warns.
LEAST_FREE_BYTES = env.number("RCRO_LEAST_FREE_MB", 100) * 1024 * 1024
# What imports were brought as; what they wrote, and what was there before, is kept for good.
IMPORT_FILES_DAYS = env.number("RCRO_IMPORT_FILES_DAYS", 90, least=1)
FILE_LIMIT_BYTES = 12 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# -- Mail ---------------------------------------------------------------------------------------------

_SENDER = env.sender("RCRO_MAIL_FROM", "Портал РВЦИ <portal@rvci.example>")
DEFAULT_FROM_EMAIL, MAIL_DOMAIN = str(_SENDER), _SENDER.domain
MAIL_DIR = DATA_DIR / "mail"
_SMTP_PORT = env.number("RCRO_SMTP_PORT", 25)
if DEMO:
    MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": MAIL_DIR}}
    }
else:
    MAILERS = {
        "default": {
            "BACKEND": "rcro_portal.lib.smtp.Backend",
            "OPTIONS": {
                "host": env.text("RCRO_SMTP_HOST", "127.0.0.1"),
                "port": _SMTP_PORT,
                "username": env.text("RCRO_SMTP_USER", ""),
                "password": env.text("RCRO_SMTP_PASSWORD", ""),
                **env.smtp_tls("RCRO_SMTP_TLS", _SMTP_PORT),
                "timeout": 20,
            },
        }
    }

# Why the portal writes to people: the reasons of each app, in the order of the page that shows them.
NOTICE_REASONS = [
    "centers.accounts.notices.REASONS",
    "centers.coordinators.notices.REASONS",
    *(f"events.telling.{area}.REASONS" for area in ("events", "commitments", "assignments", "outcomes", "requests")),
    "reports.certificates.notices.REASONS",
    "reports.incoming.notices.REASONS",
    "reports.operations.handing_over.notices.REASONS",
    "reports.operations.notices.REASONS",
]
IMPORT_KINDS = [f"{app}.importing.all.KINDS" for app in ("centers", "projects", "events", "olympiad")]
IMPORT_KINDS += ["reports.journal.importing.KINDS"]
# Files beside the signed letter are attached up to so much; what does not fit is linked to.
MAIL_ATTACHMENTS_LIMIT_BYTES = env.number("RCRO_MAIL_ATTACHMENTS_MB", 15, least=1) * 1024 * 1024
# Bounces: a provider tells them to /mail/bounces/ by this secret, or they come into a mailbox. Empty: neither.
BOUNCE_TOKEN = env.text("RCRO_BOUNCE_TOKEN", "")
IMAP_HOST = env.text("RCRO_IMAP_HOST", "")
IMAP_USER = env.text("RCRO_IMAP_USER", "")
IMAP_PASSWORD = env.text("RCRO_IMAP_PASSWORD", "")
IMAP_TLS = env.tls("RCRO_IMAP_TLS", "1", on=env.IMPLICIT)
IMAP_PORT = env.number("RCRO_IMAP_PORT", 993 if IMAP_TLS == env.IMPLICIT else 143, least=1)
if IMAP_HOST:
    CELERY_BEAT_SCHEDULE["bounces"] = {"task": "reports.tasks.collect_bounces", "schedule": 5 * 60}

# -- Safety -------------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
# Who finds a hole writes there; /.well-known/security.txt says so.
SECURITY_CONTACT = env.contact("RCRO_SECURITY_CONTACT", _SENDER.addr_spec)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# ``sessions`` says when a log-in is over; its row lasts a little longer than the longest pause.
SESSION_ENGINE = "centers.accounts.session_store"
SESSION_COOKIE_AGE = sessions.IDLE_SECONDS + 2 * sessions.STEP_SECONDS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "rcro_portal.lib.errors.csrf_failure"
if OVER_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    MESSAGE_STORAGE = "rcro_portal.lib.message_cookie.HostStorage"
    CSRF_TRUSTED_ORIGINS = [addresses.ascii_address(BASE_URL)]

LOGGING = log_lines.LOGGING
