"""Telephone numbers: read as people write them, kept as E.164 with the extension, shown as the region writes them.

Kept: «+73822515666;ext=2, +79131234567» (ITU-T E.164, the extension by RFC 3966). Shown: «(3822) 51-56-66, доб. 2;
(913) 123-45-67». phonenumbers checks; its own Russian format cuts every code after three figures, so we print.
"""

import re
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

AT_HOME, FIGURES = "RU", 10
KEPT_APART, SHOWN_APART = ", ", "; "
_EXTENSION = r"доб|вн|ext|#|x"
# A comma before an extension does not begin another number, nor does a semicolon of RFC 3966.
_BETWEEN = re.compile(rf"\s*(?:\n|;(?!\s*(?:{_EXTENSION}))|,(?!\s*\(?\s*(?:{_EXTENSION})))\s*", re.IGNORECASE)
_INTERNAL = re.compile(r"[;,]?\s*\(?\s*\b(?:вн(?:утр(?:енний)?)?|доб(?:авочный)?)\b\.?", re.IGNORECASE)
_WITHOUT_CODE = re.compile(r"\d[- ]?\d?\d?[- ]?\d\d[- ]?\d\d")
# The 8 (or 7) that one dials before the code, written apart from it; glued to it, it may begin the code: (812), (800).
_DIALLED, _PERHAPS_DIALLED = re.compile(r"[78][\s(–-]"), re.compile(r"[78]\d")
# Figures of the city's code where it is not four: mobile and free numbers, the capitals, districts of the region.
_CODES = ((re.compile(r"[89]|495|499|812"), 3), (re.compile(r"382[4-9]"), 5))


def read(typed: str) -> str:
    """All numbers of the text as they are kept; nothing for nothing. Raises ValidationError with what would be right.

    What is kept already comes back unchanged.
    """
    numbers = [_number(part) for part in _BETWEEN.split(typed.strip()) if part]
    return KEPT_APART.join(dict.fromkeys(numbers))


def normal(typed: str) -> str:
    """As ``read``, but what is no number stays as it was typed: for what was brought in before numbers were checked."""
    try:
        return read(typed)
    except ValidationError:
        return typed


def shown(kept: str) -> str:
    """«(3822) 51-56-66, доб. 2»; a text that is no number as it is."""
    return SHOWN_APART.join(_shown(part) for part in kept.split(KEPT_APART)) if kept.startswith("+") else kept


def _number(part: str) -> str:
    try:
        number = phonenumbers.parse(_INTERNAL.sub(" доб. ", part), AT_HOME)
    except phonenumbers.NumberParseException:
        raise ValidationError(f"«{part}» – не номер телефона. Пример: (3822) 51-56-66, доб. 2.") from None
    if not phonenumbers.is_possible_number(number) or _is_short(part.strip(), number):
        raise ValidationError(_refusal(part))
    main = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{main};ext={number.extension}" if number.extension else main


def _is_short(part: str, number: phonenumbers.PhoneNumber) -> bool:
    """A figure is lacking: the one dialled before the code was taken for its first, «8 (3820) 2-10-30»."""
    figures = len(re.findall(r"\d", part)) - len(number.extension or "")
    glued = _PERHAPS_DIALLED.match(part) and not phonenumbers.is_valid_number(number)
    return figures == FIGURES and bool(_DIALLED.match(part) or glued)


def _refusal(part: str) -> str:
    if _WITHOUT_CODE.fullmatch(part.strip()):
        code = "38241" if len(re.findall(r"\d", part)) == 5 else "3822"
        return f"У номера «{part}» нет кода города. Например: ({code}) {part}."
    return f"В номере «{part}» лишняя или пропущенная цифра. Пример: (3822) 51-56-66, доб. 2."


def _shown(kept: str) -> str:
    main, _, extension = kept.partition(";ext=")
    said = _at_home(main[2:]) if re.fullmatch(r"\+7\d{10}", main) else main
    return f"{said}, доб. {extension}" if extension else said


def _at_home(figures: str) -> str:
    """«(3822) 51-56-66», «(38241) 2-12-34», «(913) 123-45-67»."""
    code = next((length for pattern, length in _CODES if pattern.match(figures)), 4)
    rest = figures[code:]
    return f"({figures[:code]}) {rest[:-4]}-{rest[-4:-2]}-{rest[-2:]}"


class Phones(forms.CharField):
    """One number or several; in the field they stand as they are shown."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "С кодом города. Несколько – через точку с запятой: (3822) 51-56-66, доб. 2.")
        super().__init__(**{"max_length": 300, "required": False, **kwargs})

    def to_python(self, value: Any) -> str:
        return read(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, str) else value

    in_words = staticmethod(shown)


class PhonesField(models.CharField):
    """Numbers as they are kept, whatever form of them is written."""

    in_words = staticmethod(shown)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return normal(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        return Phones(label=kwargs.get("label", self.verbose_name), required=not self.blank)
