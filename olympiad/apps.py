from django.apps import AppConfig


class OlympiadConfig(AppConfig):
    name = "olympiad"
    verbose_name = "Олимпиады"

    def ready(self) -> None:
        from events.telling import lecturing
        from olympiad.sessions import lecturers

        lecturing.offer(lecturers.at)
