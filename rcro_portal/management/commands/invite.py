"""The first administrator of a bare server, and anybody else whom no page can invite."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from centers.accounts import invitations, notices
from centers.models import Gender, Invitation, Person
from rcro_portal.lib.post import PostError, normal_address


class Command(BaseCommand):
    help = "Mails a person the link by which they set a password and get an account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="where the link goes; it becomes the address to log in with")
        parser.add_argument("--surname", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--patronymic", default="")
        parser.add_argument("--gender", choices=Gender.values, help="by default judged by the patronymic")
        parser.add_argument("--administrator", action="store_true", help="the account will administer the portal")

    def handle(self, *, email: str, administrator: bool, **options: Any) -> None:
        invitation = self._prepared(email, administrator, options)
        try:
            invitations.mail(invitation=invitation, at=invitation.invited_at)
        except PostError as error:
            link = notices.link_of_invitation(invitation, invitation.invited_at)
            self.stderr.write(f"Письмо на {invitation.email} не ушло: {error}")
            self.stdout.write(f"Передайте ссылку сами, она действует 14 дней и только один раз:\n{link}")
        else:
            self.stdout.write(f"Приглашение отправлено на {invitation.email}; ссылка в письме действует 14 дней.")

    def _prepared(self, email: str, administrator: bool, options: dict[str, Any]) -> Invitation:
        try:
            address = normal_address(email)
            person = self._person(address, options)
            return invitations.prepare(
                person=person, email=address, by=None, at=timezone.now(), administrator=administrator
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except invitations.AlreadyInPortal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _person(self, address: str, options: dict[str, Any]) -> Person:
        """The person of that name and address, if the portal knows one, so that the command may be repeated."""
        named = {
            "surname": options["surname"],
            "given_name": options["name"],
            "patronymic": options["patronymic"],
            "email": address,
        }
        gender = options["gender"] or _gender_of(options["patronymic"])
        person, _ = Person.objects.get_or_create(**named, defaults={"gender": gender})
        return person


def _gender_of(patronymic: str) -> str:
    return Gender.FEMININE if patronymic.endswith(("на", "кызы")) else Gender.MASCULINE
