"""Numbers that the state gives to an organisation: the taxpayer's (ИНН) and the one of the state register (ОГРН)."""

from django.core.exceptions import ValidationError
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NotValid
from stdnum.ru import inn, ogrn

INN_LENGTH, OGRN_LENGTH = 10, 13


def validate_inn(value: str) -> None:
    """Raise ValidationError unless ``value`` is an organisation's ИНН with the right check digit.

    Source: приказ ФНС России от 29.06.2012 № ММВ-7-6/435@.
    """
    _validate(value, inn, "ИНН", INN_LENGTH)


def validate_ogrn(value: str) -> None:
    """Raise ValidationError unless ``value`` is an organisation's ОГРН with the right check digit.

    Source: приказ Минфина России от 30.10.2017 № 165н.
    """
    _validate(value, ogrn, "ОГРН", OGRN_LENGTH)


def _validate(value: str, judge: object, name: str, length: int) -> None:
    wrong = ValidationError(f"{name} организации состоит из {length} цифр.")
    if not (value.isascii() and value.isdecimal() and len(value) == length):
        raise wrong
    try:
        judge.validate(value)  # type: ignore[attr-defined]
    except InvalidChecksum:
        raise ValidationError(f"В {name} опечатка: контрольная цифра не сходится.") from None
    except NotValid:
        raise wrong from None
