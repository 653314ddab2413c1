"""What speaks against a file being the scan of the signed paper. The clerk decides; the portal says it aloud before."""

import re
from collections.abc import Iterator

from rcro_portal.lib import limited, russian, store
from reports.models import Letter, LetterFile
from reports.signing import scans
from reports.typesetting import pages
from reports.typesetting.read_back import squeezed

LETTERS_OF_A_TEXT = 40  # fewer are a scanner's stamp, no text


def seen(scan: LetterFile) -> scans.Look:
    """The scan as it can be shown and read."""
    return scans.look(scan.digest, store.read(scan.digest), scan.media_type)


def doubts_about(letter: Letter, scan: LetterFile, look: scans.Look) -> Iterator[str]:
    """Doubts in words, the gravest first."""
    assert letter.final, "a letter that is signed on paper has a PDF"
    assert letter.entry, "and a number"
    if scan.digest == letter.final.digest:
        yield "Это тот же файл, что и неподписанный PDF письма: подписи от руки в нём нет."
        return
    if not look.pages:
        another = "" if look.trouble == limited.BUSY else " Сверить его с письмом здесь нельзя. Загрузите другой скан."
        yield f"{look.trouble}{another}"
        return
    unsigned = store.read(letter.final.digest)
    readable = len(squeezed(look.text)) >= LETTERS_OF_A_TEXT
    if readable and not look.pictures and squeezed(look.text) == squeezed(pages.plain_text(unsigned)):
        yield "Файл – неподписанный PDF письма, сохранённый ещё раз: текст тот же, изображений в нём нет."
    elif readable and not _names(look.text, letter.entry.number):
        yield f"В тексте файла нет номера {letter.entry.number}. Возможно, это скан другого письма."
    if scan.media_type == scans.PDF and look.pages < (whole := pages.page_count(unsigned)):
        yield f"В скане {_count(look.pages)}, а в письме – {whole}. Возможно, отсканированы не все листы."


def _names(text: str, number: str) -> bool:
    """The number by itself, however the scanner's program spaced its parts; «1941» does not name № 941."""
    wanted = r"\s*".join(map(re.escape, re.findall(r"\w+|[^\w\s]", number.casefold())))
    return re.search(rf"(?<!\d){wanted}(?!\d)", text.casefold()) is not None


def _count(number: int) -> str:
    return russian.agree(number, "страница", "страницы", "страниц")
