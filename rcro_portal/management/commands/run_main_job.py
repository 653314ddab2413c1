"""Run the demo's main job once and say how to look around; the last line is the path of the signed letter."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rcro_portal.demo import keys, main_job, people


class Command(BaseCommand):
    help = "Проводит письмо № 941 от итогов вебинара до подписи и рассылки. Работает только с RCRO_DEMO=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Главная работа показывается только в демонстрации: RCRO_DEMO=1.")
        try:
            path = main_job.run()
        except main_job.NoWorker as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Адрес портала: {settings.BASE_URL}")
        self.stdout.write(f"Пароль для всех входов: {people.PASSWORD}. Пароль ключа директора: {keys.PASSWORD}")
        for account in people.accounts():
            self.stdout.write(f"  {account['email']:<42} {account['role']}")
        self.stdout.write("Подписанное письмо № 941 от 25.09.2020:")
        self.stdout.write(str(path))
