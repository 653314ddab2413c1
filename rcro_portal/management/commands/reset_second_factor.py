"""The telephone and the recovery codes are lost, or the portal's key is: the server takes the second factor off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from centers.accounts import second_factors
from centers.models import User


class Command(BaseCommand):
    help = "Takes a person's second factor off, so that they set up a new one after the password."

    def add_arguments(self, parser: CommandParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("email", nargs="?", help="the address that they log in with")
        who.add_argument("--all", action="store_true", help="everybody's: the key of second factors is lost")

    def handle(self, *, email: str | None, all: bool, **options: Any) -> None:  # noqa: A002
        users = User.objects.all() if all else User.objects.filter(email=(email or "").strip().lower())
        if not users.exists():
            raise CommandError(f"Входа с адресом {email} в портале нет.")
        at, taken = timezone.now(), 0
        for user in users.filter(authenticator__isnull=False).distinct().order_by("pk"):
            second_factors.reset(user=user, by=None, at=at)
            taken += 1
        self.stdout.write(f"Вторых факторов сброшено: {taken}. После пароля человек подключит новый.")
