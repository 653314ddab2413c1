"""Every variable is read by a reader that refuses nonsense and takes ``X`` or ``X_FILE``."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from rcro_portal.lib import env

NAME = "RCRO_TEST_VARIABLE"


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.delenv(f"{NAME}_FILE", raising=False)


def test_variable_goes_before_file_and_file_before_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert env.text(NAME, "default") == "default"
    file = tmp_path / "secret"
    file.write_text("из файла\n", encoding="utf-8")
    monkeypatch.setenv(f"{NAME}_FILE", str(file))
    assert env.text(NAME, "default") == "из файла"
    monkeypatch.setenv(NAME, "")
    assert env.text(NAME, "default") == ""


def test_variable_without_default_must_be_there() -> None:
    with pytest.raises(ImproperlyConfigured, match=f"Set {NAME}, or {NAME}_FILE"):
        env.text(NAME)


def test_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "no such"))
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}_FILE names a file that cannot be read"):
        env.text(NAME, "default")


@pytest.mark.parametrize(("typed", "read"), [("1", True), ("0", False), ("true", True), ("FALSE", False)])
def test_flag(monkeypatch: pytest.MonkeyPatch, typed: str, read: bool) -> None:
    monkeypatch.setenv(NAME, typed)
    assert env.flag(NAME, default=not read) is read


@pytest.mark.parametrize("default", [True, False])
def test_flag_that_is_not_set(default: bool) -> None:
    assert env.flag(NAME, default=default) is default


@pytest.mark.parametrize("typed", ["", "yes", "on", "2", " 1", "да"])
def test_flag_refuses_what_is_neither(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv(NAME, typed)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be 1 or 0"):
        env.flag(NAME)


def test_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    known = ("1", "starttls", "0")
    assert env.choice(NAME, "1", known) == "1"
    monkeypatch.setenv(NAME, "STARTTLS")
    assert env.choice(NAME, "1", known) == "starttls"
    monkeypatch.setenv(NAME, "ssl")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be one of 1, starttls, 0, not 'ssl'"):
        env.choice(NAME, "1", known)


def test_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.number(NAME, 25) == 25
    monkeypatch.setenv(NAME, "587")
    assert env.number(NAME, 25) == 587


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "1e3", "soon", "0x10", "0"])
def test_number_refuses_what_is_none_or_too_small(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv(NAME, typed)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be a whole number of at least 1"):
        env.number(NAME, 25, least=1)


@pytest.mark.parametrize("typed", ["²", "٣x"])
def test_number_refuses_what_only_looks_like_one(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv(NAME, typed)
    with pytest.raises(ImproperlyConfigured):
        env.number(NAME, 25)


def test_secret_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "x" * 50)
    assert env.secret(NAME) == "x" * 50
    monkeypatch.setenv(NAME, "x" * 49)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is shorter than 50 characters") as refusal:
        env.secret(NAME)
    assert "x" * 49 not in str(refusal.value)


def test_secrets_are_a_line_each_and_all_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "x" * 50 + "\n" + "y" * 60 + "\n")
    assert env.secrets(NAME) == ["x" * 50, "y" * 60]
    for typed in ("", "x" * 50 + " y"):
        monkeypatch.setenv(NAME, typed)
        with pytest.raises(ImproperlyConfigured):
            env.secrets(NAME)


def test_words_and_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert env.words(NAME, " a, b,,c ") == ["a", "b", "c"]
    assert env.words(NAME) == []
    assert env.path(NAME, tmp_path / "x" / "..") == tmp_path
    monkeypatch.setenv(NAME, "~/var")
    assert env.path(NAME, tmp_path) == Path.home().resolve() / "var"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("https://rvci.example/", "https://rvci.example"), ("https://портал.рф", "https://портал.рф")],
)
def test_address(monkeypatch: pytest.MonkeyPatch, typed: str, read: str) -> None:
    monkeypatch.setenv(NAME, typed)
    assert env.address(NAME, "") == read


@pytest.mark.parametrize(
    "typed", ["rvci.example", "ftp://rvci.example", "https://", "https://а..рф", f"https://{'a' * 63}.ru"]
)
def test_what_is_no_address_or_too_long_for_a_code(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv(NAME, typed)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.address(NAME, "")


def test_hosts_are_named_as_a_browser_sends_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "портал.рф, rvci.example")
    assert env.hosts(NAME, "") == ["xn--80awhdgm.xn--p1ai", "rvci.example"]


@pytest.mark.parametrize(
    ("typed", "header", "domain"),
    [
        ("Портал РВЦИ <portal@rvci.example>", "Портал РВЦИ <portal@rvci.example>", "rvci.example"),
        (
            "ОГБУ «РЦРО» г. Томск <portal@rvci.example>",
            '"ОГБУ «РЦРО» г. Томск" <portal@rvci.example>',
            "rvci.example",
        ),
        ("РЦРО, портал <p@rvci.example>", '"РЦРО, портал" <p@rvci.example>', "rvci.example"),
        ('"РЦРО, \\"портал\\"" <p@rvci.example>', '"РЦРО, \\"портал\\"" <p@rvci.example>', "rvci.example"),
        ("Портал <p@портал.рф>", "Портал <p@xn--80awhdgm.xn--p1ai>", "xn--80awhdgm.xn--p1ai"),
        ("p@RVCI.example", "p@rvci.example", "rvci.example"),
    ],
)
def test_sender_is_written_as_mail_wants_it(
    monkeypatch: pytest.MonkeyPatch, typed: str, header: str, domain: str
) -> None:
    monkeypatch.setenv(NAME, typed)
    sender = env.sender(NAME, "never@asked.example")
    assert (str(sender), sender.domain) == (header, domain)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Портал",
        "Портал p@rvci.example",
        "Портал <портал@rvci.example>",
        "Портал <p@rvci.example> ещё",
        "Портал <p@rvci.example",
        "Портал <p..q@rvci.example>",
        "Портал <p@-.example>",
        "Портал\nBcc: x <p@rvci.example>",
        '"Портал\n" <p@rvci.example>',
        "a@rvci.example, b@rvci.example",
    ],
)
def test_sender_that_no_server_takes_is_refused_at_start(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv(NAME, typed)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is no sender of mail"):
        env.sender(NAME, "never@asked.example")


@pytest.mark.parametrize(
    ("typed", "port", "starttls", "implicit"),
    [
        (None, 25, False, False),
        ("0", 25, False, False),
        ("1", 587, True, False),
        ("STARTTLS", 587, True, False),
        ("implicit", 465, False, True),
    ],
)
def test_way_to_speak_tls(
    monkeypatch: pytest.MonkeyPatch, typed: str | None, port: int, starttls: bool, implicit: bool
) -> None:
    if typed is not None:
        monkeypatch.setenv(NAME, typed)
    assert env.smtp_tls(NAME, port) == {"use_tls": starttls, "use_ssl": implicit}


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        ("1", env.IMPLICIT),
        ("true", env.IMPLICIT),
        ("0", env.PLAIN),
        ("starttls", env.STARTTLS),
        ("IMPLICIT", env.IMPLICIT),
    ],
)
def test_one_means_what_it_always_meant_at_that_end(monkeypatch: pytest.MonkeyPatch, typed: str, way: str) -> None:
    monkeypatch.setenv(NAME, typed)
    assert env.tls(NAME, "1", on=env.IMPLICIT) == way


@pytest.mark.parametrize(("typed", "port"), [("1", 465), ("0", 465), ("yes", 587), ("ssl", 465)])
def test_way_that_could_only_wait_is_refused_at_start(monkeypatch: pytest.MonkeyPatch, typed: str, port: int) -> None:
    monkeypatch.setenv(NAME, typed)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.smtp_tls(NAME, port)
