"""The tables of this machine. They belong to the app ``rcro_portal``, which a machine does not import."""

from typing import Any

from django.apps import apps


def notices() -> Any:
    """The rows of ``rcro_portal.models.Notice``: a ``rows.NoticeQuerySet``."""
    return apps.get_model("rcro_portal", "Notice")._default_manager.all()


def mail_faults() -> Any:
    """The rows of ``rcro_portal.models.MailFault``."""
    return apps.get_model("rcro_portal", "MailFault")._default_manager.all()


def mail_choices() -> Any:
    """The rows of ``rcro_portal.models.MailChoice``."""
    return apps.get_model("rcro_portal", "MailChoice")._default_manager.all()
