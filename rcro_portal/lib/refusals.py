"""Refusals: what cannot be done now, said in words (status 409). "Not you" is Django's PermissionDenied (403)."""

from django.core.exceptions import PermissionDenied


class Refusal(Exception):
    """Base of the named exceptions beside the verbs; its text is Russian and says what to do."""

    words = "Сейчас это сделать нельзя. Обновите страницу и посмотрите, что изменилось."

    def __init__(self, words: str = "") -> None:
        super().__init__(words or self.words)


class WrongStep(Refusal):
    """The row has left the state in which the step is possible."""

    words = "Этот шаг сейчас невозможен: состояние уже изменилось. Обновите страницу."


def require(allowed: object, words: str = "У вас нет права на это действие.") -> None:
    """Raise PermissionDenied with words unless allowed: "not you" is 403, "not now" is a Refusal."""
    if not allowed:
        raise PermissionDenied(words)
