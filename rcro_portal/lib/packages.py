"""Files that are ZIP archives inside (DOCX, XLSX, ODS): what reading one may raise where its bytes are damaged or made.

Also the words and the bounds that readers of tables share; nothing here loads Django.
"""

import lzma
import re
import zipfile
import zlib
from typing import NamedTuple

# The headers, a compressed part, its method, a name or a size that cannot be, an XML of an encoding that nobody knows.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
)

# As Excel writes them in English and in Russian; LibreOffice counts its own («Err:522»).
ERRORS = re.compile(
    r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|Н/Д|ССЫЛКА!|ИМЯ\?|ЗНАЧ!|ДЕЛ/0!|ПУСТО!|ЧИСЛО!)|(?:Err|Ошибка):\d{3}",
    re.IGNORECASE,
)


class Bounds(NamedTuple):
    """What an honest table holds: rows, columns and cells that say something, their letters, bytes unpacked.

    One of 20,000 rows inflates to some 30 MB.
    """

    rows: int = 20_001
    columns: int = 100
    cells: int = 500_000
    letters: int = 20_000_000
    inflated: int = 150 * 1024 * 1024
    members: int = 1_000


class Unreadable(Exception):
    """The file is no table that is read; words, where there are any, say what else it is."""


class TooMuch(Exception):
    """More than an honest table holds; the words name what and how much of it: «столбец 16 384»."""

    def __init__(self, what: str, number: int = 0) -> None:
        super().__init__(f"{what} {number:,}".replace(",", "\u00a0") if number else what)
