"""The roof (settings, urls, celery, commands) and the cellar (modules that know no app) of the portal."""

from rcro_portal.celery import app as celery_app

__all__ = ["celery_app"]
