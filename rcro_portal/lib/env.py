"""Readers of environment variables: each refuses nonsense and takes ``X`` or the file named by ``X_FILE``."""

import os
import re
from collections.abc import Iterable
from email.errors import HeaderParseError
from email.headerregistry import Address
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from rcro_portal.lib import addresses

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = rf'(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?P<domain>[^\s@<>"]+)'
SENDER = re.compile(
    rf'(?:"(?P<quoted>(?:[^"\\\x00-\x1f\x7f]|\\[ -~])*)"|(?P<name>[^"<>\x00-\x1f\x7f]*))\s*<{_ADDRESS}>'
)
BARE_SENDER = re.compile(_ADDRESS)
MAIL = re.compile(r"[^@\s:]+@[^@\s:/]+")
CONTACT = re.compile(r"mailto:[^@\s]+@[^@\s]+|https://[^\s/]+\S*|tel:\+[0-9-]+")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
ADDRESS_LIMIT = 70  # characters; 30 more lead to a letter, and a code of 20 mm holds 106
PLAIN, STARTTLS, IMPLICIT = "none", "starttls", "implicit"
YES_NO = {"1": True, "0": False, "true": True, "false": False}


def text(name: str, default: str | None = None) -> str:
    """The variable's value, else that of the file in ``NAME_FILE``, else the default.

    Raises ImproperlyConfigured where none of the three is there.
    """
    if name in os.environ:
        return os.environ[name]
    if f"{name}_FILE" in os.environ:
        return _read(f"{name}_FILE")
    if default is None:
        raise ImproperlyConfigured(f"Set {name}, or {name}_FILE to the path of a file that holds it.")
    return default


def _read(name: str) -> str:
    try:
        return Path(os.environ[name]).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name} names a file that cannot be read: {error}") from error


def flag(name: str, default: bool = False) -> bool:
    """Only 1, 0, true, false; anything else is a spelling mistake that must not pass for "no"."""
    value = text(name, "1" if default else "0").lower()
    if value not in YES_NO:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return YES_NO[value]


def choice(name: str, default: str, choices: Iterable[str]) -> str:
    """One of the words that are known, in lower case."""
    value = text(name, default).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def tls(name: str, default: str, *, on: str) -> str:
    """PLAIN, STARTTLS or IMPLICIT (TLS from the first byte). ``1`` says ``on``: it differs between mail's two ends."""
    known = {"0": PLAIN, "false": PLAIN, "1": on, "true": on, STARTTLS: STARTTLS, IMPLICIT: IMPLICIT}
    return known[choice(name, default, known)]


def smtp_tls(name: str, port: int) -> dict[str, bool]:
    """How the mail server is spoken to, as Django's backend has it. On port 465 anything but IMPLICIT would only wait
    for an answer.
    """
    way = tls(name, "0", on=STARTTLS)
    if port == 465 and way != IMPLICIT:
        raise ImproperlyConfigured(f"Port 465 speaks TLS from the first byte: set {name}=implicit.")
    return {"use_ssl": way == IMPLICIT, "use_tls": way == STARTTLS}


def address(name: str, default: str) -> str:
    """«https://портал.рф» without a path's end: what people type, at most ADDRESS_LIMIT long as programs read it."""
    value = text(name, default).rstrip("/")
    try:
        plain, host = addresses.ascii_address(value), urlsplit(value).hostname
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is no address: {error}.") from error
    if not value.startswith(("http://", "https://")) or not host:
        raise ImproperlyConfigured(f"{name} must be an address that begins with http:// or https://, not {value!r}.")
    if len(plain) > ADDRESS_LIMIT:
        raise ImproperlyConfigured(
            f"{name} is longer than {ADDRESS_LIMIT} characters: a letter's QR code holds no more."
        )
    return value


def sender(name: str, default: str) -> Address:
    """«Имя <portal@rvci.example>» as people type it: a name with full stops or commas is quoted by ``str`` of it (RFC
    5322 wants that), a Cyrillic domain comes by IDNA. Raises ImproperlyConfigured for what no mail server would take.
    """
    value = text(name, default).strip()
    found = SENDER.fullmatch(value) or BARE_SENDER.fullmatch(value)
    try:
        if found is None:
            raise ValueError("expected «Имя <portal@rvci.example>»")
        given = found.groupdict()
        domain = addresses.ascii_host(given["domain"].lower())
        if not DOMAIN.fullmatch(domain):
            raise ValueError(f"no domain: {domain}")
        quoted = re.sub(r"\\(.)", r"\1", given.get("quoted") or "")
        return Address((quoted or given.get("name") or "").strip(), given["local"], domain)
    except (ValueError, HeaderParseError) as error:
        raise ImproperlyConfigured(f"{name} is no sender of mail: {value!r} ({error}).") from error


def contact(name: str, default: str) -> str:
    """Where people write, as an address that programs follow (RFC 9116): https:, tel:, or mailto: for a bare mail."""
    value = text(name, "").strip() or default
    address = f"mailto:{value}" if MAIL.fullmatch(value) else value
    if not CONTACT.fullmatch(address):
        raise ImproperlyConfigured(f"{name} must be a mail address, https://… or tel:+…, not {value!r}.")
    return address


def hosts(name: str, default: str) -> list[str]:
    """Names of hosts as a browser sends them: a Cyrillic one by IDNA."""
    return [addresses.ascii_host(host) for host in words(name, default)]


def number(name: str, default: int, *, least: int = 0) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}, not {value!r}.")
    return int(value)


def secret(name: str, *, least: int = 50) -> str:
    value = text(name)
    if len(value) < least:
        raise ImproperlyConfigured(f"{name} is shorter than {least} characters.")
    return value


def secrets(name: str, *, least: int = 50) -> list[str]:
    """One secret a line, the newest first: what was sealed by an older one is still opened."""
    values = text(name).split()
    if not values or any(len(value) < least for value in values):
        raise ImproperlyConfigured(f"{name} holds no secret, or one shorter than {least} characters.")
    return values


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def path(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()
