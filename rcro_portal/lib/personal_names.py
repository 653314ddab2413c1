"""The parts of a person's full name, and what a patronymic says. Knows no app, guesses no gender."""

import re

MALE = re.compile(r"ич$|[ -]?(?:оглы|оглу|улы|уулу)$", re.IGNORECASE)
FEMALE = re.compile(r"[вчш]на$|[ -]?(?:кызы|гызы|кизи)$", re.IGNORECASE)
SON_OR_DAUGHTER = ("оглы", "оглу", "улы", "уулу", "кызы", "гызы", "кизи")


def gender_of(patronymic: str) -> str:
    """«f», «m», or nothing where the patronymic does not tell."""
    if FEMALE.search(patronymic):
        return "f"
    return "m" if MALE.search(patronymic) else ""


def parts(name: str) -> tuple[str, str, str] | None:
    """Surname, given name, patronymic; «Гасан оглы» is one patronymic, and «Анна Борисовна Иванова» is put in order."""
    words = name.split()
    if len(words) == 4 and words[3].lower() in SON_OR_DAUGHTER:
        words[2:] = [" ".join(words[2:])]
    if len(words) != 3:
        return None
    if gender_of(words[1]) and not gender_of(words[2]):
        words = [words[2], *words[:2]]
    return words[0], words[1], words[2]
