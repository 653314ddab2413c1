"""Cells in which offices put a person with all that belongs to them: name, post, telephones, e-mail; or two persons."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rcro_portal.lib import personal_names

# «(осн.)», «(внутр. совм.)», «(внешнее совместительство)»: how somebody is employed is no part of the name.
EMPLOYED = re.compile(r"\s*\((?:осн|внутр|внеш|совм)[^)]*\)", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?[78][\s-]*)?\(?\d{3,5}\)?[\s-]*\d[\d\s-]{3,12}\d(?:\s*,?\s*(?:доб|вн)\.?\s*\d{1,5})?(?![\d.])"
)
# «т.» is a telephone, «Т.» an initial.
_LABEL = re.compile(
    r"(?:\b(?:сот|раб|моб|дом|контактный)[а-я]*\.?\s*)?"
    r"\b(?:тел(?:ефоны?|еф)?|(?-i:т)|факс|e-?mail|эл\.?\s*(?:почта|адрес)|почта|адрес)\b[.:]*\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\n;]|,(?!\s*(?:доб|вн))")
_WORD = r"[А-ЯЁ][а-яёА-ЯЁ]+(?:-[А-ЯЁ][а-яёА-ЯЁ]+)?"
_INITIALS = r"[А-ЯЁ]\.\s?(?:-?[А-ЯЁ]\.)?"
_SON = "|".join(personal_names.SON_OR_DAUGHTER)
_NAME = re.compile(
    rf"{_WORD}\s+(?:{_WORD}(?:\s+{_WORD}(?:[ -](?:{_SON}))?)?|{_INITIALS})|{_INITIALS}\s?{_WORD}",
)
# Two words with capitals that are no name.
_NO_NAMES = re.compile(
    r"школ|лице|гимнази|отдел|центр|управлени|учреждени|район|област|город|кафедр|институт|москв", re.IGNORECASE
)
_SHORT = re.compile(rf"(?P<first>{_WORD})\s+(?P<after>{_INITIALS})|(?P<before>{_INITIALS})\s?(?P<last>{_WORD})")


@dataclass
class Contact:
    """A person as a cell names them, and what it says of them."""

    name: str = ""
    title: str = ""
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)

    @property
    def phone(self) -> str:
        return ", ".join(self.phones)

    @property
    def email(self) -> str:
        return self.emails[0] if self.emails else ""


def read(cell: str) -> list[Contact]:
    """The persons of a cell in its order; what stands before the first name belongs to the first."""
    found: list[Contact] = []
    for part in _BETWEEN.split(EMPLOYED.sub("", cell)):
        for kind, text in _told(part):
            if (kind == "name" and (not found or found[-1].name)) or not found:
                found.append(Contact())
            _note(found[-1], kind, text)
    return [one for one in found if one.name]


def _note(contact: Contact, kind: str, text: str) -> None:
    if kind == "name":
        contact.name = text
    elif kind == "phone":
        contact.phones.append(text)
    elif kind == "email":
        contact.emails.append(text.lower())
    else:
        contact.title = f"{contact.title}, {text}".strip(", ")


def _told(part: str) -> Iterator[tuple[str, str]]:
    """What a part between commas says, the name first."""
    emails = _EMAIL.findall(part)
    phones = _PHONE.findall(rest := _EMAIL.sub(" ", part))
    rest = _LABEL.sub(" ", _PHONE.sub(" ", rest))
    rest = " ".join(rest.split()).strip(" ,.:–—-()") + ("." if rest.rstrip().endswith(".") else "")
    name = _NAME.search(rest)
    if name and not _NO_NAMES.search(name[0]):
        yield "name", " ".join(name[0].split())
        rest = " ".join((rest[: name.start()] + rest[name.end() :]).split()).strip(" ,.:–—-")
    if sum(sign.isalpha() for sign in rest) > 1:
        yield "title", rest.rstrip(".")
    for phone in phones:
        yield "phone", " ".join(phone.split())
    for email in emails:
        yield "email", email


@dataclass(frozen=True)
class Named:
    """A name in its parts; of initials ``given_name`` and ``patronymic`` are one letter or none."""

    surname: str
    given_name: str
    patronymic: str = ""

    @property
    def by_initials(self) -> bool:
        return len(self.given_name) == 1

    @property
    def full(self) -> str:
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))


def parts(name: str) -> Named | None:
    """«Иванова Анна Борисовна», «Анна Борисовна Иванова», «Иванова А.Б.», «А. Б. Иванова»; nothing of anything else."""
    name = " ".join(EMPLOYED.sub("", name).split())
    if short := _SHORT.fullmatch(name):
        letters = re.findall(r"[А-ЯЁ]", short["after"] or short["before"])
        return Named(cased(short["first"] or short["last"]), *letters[:2])
    if not re.fullmatch(r"[А-ЯЁа-яё' -]+", name):
        return None
    found = personal_names.parts(name)
    if found is None and len(words := name.split()) == 2:
        found = (words[0], words[1], "")
    return Named(*map(cased, found)) if found else None


def cased(name: str) -> str:
    """«МОлчанкова», «ИВАНОВ»: the capitals of a name, where they are not as names have them."""
    return re.sub(r"[А-ЯЁа-яё]+", lambda word: _cased(word[0]), name)


def _cased(word: str) -> str:
    if word.lower() in personal_names.SON_OR_DAUGHTER:
        return word.lower()
    return word[0].upper() + word[1:].lower()
