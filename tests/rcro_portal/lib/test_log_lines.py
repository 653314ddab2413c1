"""Nothing that opens a letter or an account stands in a log, whichever logger wrote it and however it got there."""

import logging

import pytest
from django.urls import NoReverseMatch, reverse

from rcro_portal.lib.log_lines import CutAddresses

TOKEN = "dGhpcyBpcyBubyB0b2tlbiBvZiBvdXJz"


def line(name: str, message: str, *args: object, error: BaseException | None = None) -> str:
    told = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, told)
    assert CutAddresses().filter(record)
    return logging.Formatter("%(message)s").format(record)


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:  # noqa: BLE001 - any, with its traceback
        return caught


@pytest.mark.parametrize("name", ["django.request", "rcro_portal.middleware", "celery.app.trace"])
def test_address_of_a_message_is_cut_whoever_wrote_it(name: str) -> None:
    assert line(name, "%s: failed", f"/m/{TOKEN}/acknowledge/") == "/m/…/acknowledge/: failed"


@pytest.mark.parametrize(
    "broken", [f"//m/{TOKEN}/", f"/m/{TOKEN[:9]} {TOKEN[9:]}/", f"/m/'{TOKEN}'/", f"///m/x {TOKEN}", f"/m/{TOKEN}\n/"]
)
def test_broken_link_is_cut_as_a_whole_one(broken: str) -> None:
    assert line("django.request", "Not Found: %s", broken) == "Not Found: /m/…"


@pytest.mark.parametrize("told", [f"no answer for //m/{TOKEN}/", f"see (//calendar/{TOKEN}/rvci.ics)"])
def test_address_with_two_slashes_is_one(told: str) -> None:
    assert TOKEN not in line("celery.app.trace", "%s", told)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (f"no answer for /m/{TOKEN}/?next=/a/", "no answer for /m/…/?next=…"),
        (
            f"https://rvci.example/invitations/{TOKEN}/accept/ is over",
            "https://rvci.example/invitations/…/accept/ is over",
        ),
        (
            f"new row violates a constraint\nDETAIL:  Failing row contains (7, {TOKEN}, a@school.example, (1)).\n",
            "new row violates a constraint\nDETAIL:  Failing row contains (…).",
        ),
        (
            f"DETAIL:  Key (person_id, token)=(7, {TOKEN}) already exists.",
            "DETAIL:  Key (person_id, token)=(…) already exists.",
        ),
    ],
)
def test_exception_tells_no_more_than_a_line(told: str, shown: str) -> None:
    text = line("celery.app.trace", "the task failed", error=raised(ValueError(told)))
    assert text.rstrip().endswith(f"ValueError: {shown}")
    assert TOKEN not in text


def test_causes_are_read_too() -> None:
    error = ValueError("outside")
    error.__cause__ = raised(ValueError(f"/m/{TOKEN}/"))
    assert TOKEN not in line("django.request", "failed", error=raised(error))


def test_files_keep_their_names() -> None:
    text = line("reports.tasks", "no %s", "/data/store/ab/cd", error=raised(OSError("/data/store/ab/cd is missing")))
    assert text.startswith("no /data/store/ab/cd\n")
    assert f'File "{__file__}"' in text
    assert text.endswith("OSError: /data/store/ab/cd is missing")


def test_address_that_cannot_be_made_tells_no_token() -> None:
    with pytest.raises(NoReverseMatch) as caught:
        reverse("reports:message-open", kwargs={"token": f"{TOKEN}!"})
    assert TOKEN not in line("django.request", "failed", error=caught.value)
