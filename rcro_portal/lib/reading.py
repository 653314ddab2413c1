"""«Версия для слабовидящих»: the size of letters, the colours and the spacing in which somebody reads every page.

ГОСТ Р 52872-2019 (WCAG 2.1) is kept by the pages as they are; this goes further for those who need it, by what the
usual panel of state sites offers: letters up to twice as large, three pairs of colours of at least 7 : 1, and the
spacing of WCAG 1.4.12. A choice is one word: what differs from the usual, with dots between (``200.dark.wide``).
"""

SIZES = {"": "Обычный", "125": "Крупный", "150": "Очень крупный", "200": "Вдвое крупнее"}
COLOURS = {"": "Обычные", "light": "Чёрным по белому", "dark": "Белым по чёрному", "blue": "Тёмно-синим по голубому"}
SPACINGS = {"": "Обычные", "wide": "Широкие"}
PARTS = SIZES, COLOURS, SPACINGS
# Kept of a person who chose the usual look: a browser that remembers another one has no say then.
USUAL = "usual"
COOKIE, COOKIE_SECONDS, LETTERS = "reading", 365 * 24 * 60 * 60, 40


def joined(size: str, colours: str, spacing: str) -> str:
    """The word to keep."""
    return ".".join(filter(None, (size, colours, spacing)))


def parts(word: str) -> tuple[str, str, str]:
    """Size, colours and spacing of a kept word; what is none of them is left out: a cookie may hold anything."""
    said = word[:LETTERS].split(".")
    size, colours, spacing = (next((one for one in said if one and one in part), "") for part in PARTS)
    return size, colours, spacing


def classes(word: str) -> str:
    """Of the element ``html`` (``reading.css`` knows them); empty for the usual look."""
    return " ".join(f"read-{part}" for part in parts(word) if part)
