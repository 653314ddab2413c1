"""Another address to log in with for whom no other administrator can help: the only administrator of a portal."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from centers.accounts import addresses, notices
from centers.models import User
from rcro_portal.lib.post import PostError


class Command(BaseCommand):
    help = "Mails a link to the new address; once it is followed, the person logs in with that one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("old", help="the address that the person logs in with now")
        parser.add_argument("new")

    def handle(self, *, old: str, new: str, **options: Any) -> None:
        user = User.objects.filter(email=old.strip().lower()).first()
        if user is None:
            raise CommandError(f"Входа с адресом {old} в портале нет.")
        try:
            change = addresses.prepare(user=user, email=new, by=None, at=timezone.now())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except addresses.AddressIsTaken as refusal:
            raise CommandError(str(refusal)) from refusal
        try:
            addresses.mail(change=change, at=change.asked_at)
        except PostError as error:
            link = notices.link_of_address_change(change, change.asked_at)
            self.stderr.write(f"Письмо на {change.email} не ушло: {error}")
            self.stdout.write(f"Передайте ссылку сами, она действует три дня и только один раз:\n{link}")
        else:
            self.stdout.write(f"Ссылка отправлена на {change.email}; она действует три дня.")
