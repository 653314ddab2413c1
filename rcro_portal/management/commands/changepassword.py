"""Django's command for a new password, which would tell nobody and leave whoever is logged in where they are."""

from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.db import transaction
from django.utils import timezone

from centers.accounts import audit_log, log_ins
from centers.models import ChangeKind, User


class Command(changepassword.Command):
    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> str | None:
        said = super().handle(*args, **options)
        user = User.objects.get(email=options["username"])
        log_ins.end_all(user=user)
        audit_log.record(user=user, kind=ChangeKind.PASSWORD_CHANGED, by=None, at=timezone.now())
        return said
