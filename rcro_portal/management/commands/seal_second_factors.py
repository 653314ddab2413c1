"""After the key of second factors was changed: every secret is sealed by the new one, so that the old one may go."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from centers.accounts import second_factors


class Command(BaseCommand):
    help = "Seals the secrets of all second factors by the first key of RCRO_MFA_KEY; may be run again."

    def handle(self, **options: Any) -> None:
        done, failed = second_factors.seal_all(Authenticator.objects.all())
        self.stdout.write(f"Секреты вторых факторов запечатаны первым ключом: {done}.")
        if failed:
            raise CommandError(
                f"Ни один ключ из RCRO_MFA_KEY не открывает секреты: {', '.join(sorted(set(failed)))}. "
                "Верните прежний ключ второй строкой или сбросьте: manage.py reset_second_factor АДРЕС."
            )
