"""Where a link in somebody's file may lead: to a page, to a mailbox, to a place in the same file, to an act of law.

Acts that are copied from КонсультантПлюс and Гарант bring links to the acts they name. Any other address starts a
program of the reader's or reaches for a file on their disk or network.
"""

import re

_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_ALLOWED = re.compile(r"https?://|mailto:|#|www\.", re.IGNORECASE)
# Letters and figures alone: nothing for a program to take for an option or a file.
_ACT = re.compile(r"consultantplus://offline/(?:ref|main)[?=][0-9a-z;=]{1,200}|garantf1://[0-9.]{1,60}", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,30}):", re.IGNORECASE)


def refused(address: str) -> str | None:
    """What the address is, in words, where it may not stand in a file; else None."""
    plain = _INVISIBLE.sub("", address)
    if not plain or _ALLOWED.match(plain) or _ACT.fullmatch(plain):
        return None
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1].lower() != "file":
        return f"ссылка не на страницу и не на почту, а на «{scheme[1].lower()}:»"
    return "ссылка на файл на чужом диске"
