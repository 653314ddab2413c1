from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate  # noqa: TID251  (of migrations, not of models: docs/adr/0009)


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Письма"

    def ready(self) -> None:
        from rcro_portal.lib import registers
        from reports.figures import by_link
        from reports.operations import append_only_triggers

        registers.by_link.offer(by_link.asked)
        # By its sender once, after all migrations of all apps: SQLite loses the triggers of a table that is rebuilt.
        pre_migrate.connect(append_only_triggers.make_way, sender=self)
        post_migrate.connect(append_only_triggers.install_all, sender=self)
        checks.register(append_only_triggers.check, checks.Tags.database)
