from django.apps import AppConfig


class OlympiadConfig(AppConfig):
    name = "olympiad"
    verbose_name = "Олимпиады"
