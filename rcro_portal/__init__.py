"""The roof (settings, urls, celery, commands) and the cellar (modules that know no app) of the portal."""

import gc

from rcro_portal.celery import app as celery_app

# Of two hundred thousand objects of Django and the portal hardly one dies in a circle: looking for those took a fifth
# of a test process, and a twentieth of each start. What a few hundred pages leave behind is a few megabytes.
gc.set_threshold(50_000, 20, 20)

__all__ = ["celery_app"]
