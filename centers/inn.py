"""The taxpayer's number (ИНН) of an organisation: ten digits, the last of which checks the others."""

from django.core.exceptions import ValidationError

# Weights of the check digit: приказ ФНС России от 29.06.2012 № ММВ-7-6/435@.
WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def validate_inn(value: str) -> None:
    """Raise ValidationError unless ``value`` is an organisation's ИНН with the right check digit."""
    if not (value.isascii() and value.isdecimal() and len(value) == 10):
        raise ValidationError("ИНН организации состоит из 10 цифр.")
    digits = [int(digit) for digit in value]
    if sum(w * d for w, d in zip(WEIGHTS, digits[:9], strict=True)) % 11 % 10 != digits[9]:
        raise ValidationError("В ИНН опечатка: контрольная цифра не сходится.")
