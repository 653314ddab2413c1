from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PortalConfig(AppConfig):
    name = "rcro_portal"
    verbose_name = "Портал"

    def ready(self) -> None:
        from rcro_portal.lib.changes import db_context

        connection_created.connect(db_context.follow, dispatch_uid="author of changes")
