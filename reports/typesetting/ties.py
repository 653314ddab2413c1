"""What may not part at a line's end, by one function for whatever is printed: paragraphs, lines, cells, registers.

``rcro_portal.lib.russian.typeset`` knows the words; here are the marks of the sheet: a word joiner where a line could
end although no space stands there.
"""

import re

from rcro_portal.lib.russian import NBSP, typeset

WORD_JOINER = "\u2060"
_SPACES = re.compile(r"[ \t\n\r\f]+")
# «87 педагогов», «5–9 классы»: a figure does not part from what it counts.
_COUNTED = re.compile(r"(?<=\d) (?=[а-яё])")
# A word's own hyphen never ends a line: whatever hyphen stands there was put by the sheet, and whoever reads the
# text back may drop it. A span would do it too, but breaks WeasyPrint's lines. And «25–27», «18.09.2020–20.09.2020».
_WHOLE = re.compile(r"(?<=\w-)(?=\w)|(?<=\d[–—])(?=\d)")
# «и/или», «ГД-1736/03», «77/3»; a longer word, and an address, may end a line after its stroke.
_STROKES = re.compile(r"(?<![\w/.:@%-])[\w-]{1,10}(?:/[\w-]{1,10})+(?![\w/@-])")
_TEXT_OF_MARKUP = re.compile(r"(?<=>)[^<>]+(?=<)")


def tied(text: str, *, prepositions: bool = True) -> str:
    """The text in one line, with no-break spaces where it may not break."""
    return _spaced(_SPACES.sub(" ", text).strip(" "), prepositions=prepositions)


def whole(text: str) -> str:
    """Tied, with a word joiner wherever else it may not break."""
    return _joined(tied(text))


def markup(html: str) -> str:
    """A document of tables, every text in its body tied as a letter's."""
    head, body, rest = html.partition("<body")
    return head + body + _TEXT_OF_MARKUP.sub(lambda found: _joined(_spaced(found[0])), rest)


def _spaced(text: str, *, prepositions: bool = True) -> str:
    return _COUNTED.sub(NBSP, typeset(text, prepositions=prepositions))


def _joined(text: str) -> str:
    text = _STROKES.sub(lambda found: found[0].replace("/", f"/{WORD_JOINER}"), text)
    return _WHOLE.sub(WORD_JOINER, text)
