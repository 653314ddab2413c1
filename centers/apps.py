from django.apps import AppConfig
from django.db.models import fields


class CentersConfig(AppConfig):
    name = "centers"
    verbose_name = "Центры и люди"

    def ready(self) -> None:
        """What Django and allauth have no Russian words for."""
        from allauth.mfa.models import Authenticator

        # Django's own way to name it: its new words are in no Russian catalogue yet.
        fields.BLANK_CHOICE_LABEL = "— выберите —"
        names = Authenticator._meta
        names.app_config.verbose_name = "Вход по второму фактору"
        names.verbose_name, names.verbose_name_plural = "второй фактор", "вторые факторы"
        words = {"user": "кто", "type": "вид", "created_at": "подключён", "last_used_at": "последний вход"}
        for name, label in words.items():
            names.get_field(name).verbose_name = label
