"""Addresses as programs read them: a Cyrillic host by IDNA, everything else of it in UTF-8, so ASCII throughout."""

from urllib.parse import quote, urlsplit, urlunsplit

_KEPT = "/#%[]=:;$&()+,!?*@'~"  # of a path and what follows it, as django.utils.encoding.iri_to_uri keeps


def ascii_host(host: str) -> str:
    """«портал.рф» → «xn--80awhdgm.xn--p1ai»; with its port, where it has one. Raises ValueError for what is no host."""
    name, colon, port = host.partition(":")
    return name.encode("idna").decode("ascii") + colon + port if not name.isascii() else host


def ascii_address(address: str) -> str:
    """The same address, in which «https://портал.рф/check/» is readable to any camera. Raises ValueError."""
    parts = urlsplit(address)
    rest = (quote(part, safe=_KEPT) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, ascii_host(parts.netloc), *rest))
