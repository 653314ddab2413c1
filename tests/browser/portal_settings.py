"""The settings of the web server in browser tests: those of the demo, without what only costs time.

Static files are served from where they lie (no collecting, no compressing), and passwords are hashed quickly.
"""

from rcro_portal.settings import *  # noqa: F403
from rcro_portal.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
