"""Constraints of signatures in files of their own."""

from collections.abc import Callable

import pytest

from reports.letters import signatures
from reports.models import DetachedSignature, LetterFile
from reports.models.letter import FileKind
from tests.constraints import change, double, kept_by
from tests.factories.centers import UserFactory
from tests.factories.moments import SIGNED_AT
from tests.factories.reports import LetterFileFactory

pytestmark = pytest.mark.django_db


def detached(**said: object) -> DetachedSignature:
    """A proved one; beside it lies a file that no row names yet."""
    over, by = LetterFileFactory(), UserFactory()
    file, _ = (
        signatures.keep_file(over.letter, FileKind.SIGNATURE, digest * 64, 5, by=by, at=SIGNED_AT) for digest in "ef"
    )
    proved = {
        "verdict": "valid",
        "owner": "Кедрова Елена Юрьевна",
        "fingerprint": "f" * 64,
        "valid_from": SIGNED_AT,
        "valid_to": SIGNED_AT,
    }
    return DetachedSignature.objects.create(
        letter=over.letter, over=over, file=file, uploaded_by=by, uploaded_at=SIGNED_AT, **{**proved, **said}
    )


BROKEN: dict[str, tuple[Callable[[], DetachedSignature], Callable[[DetachedSignature], None]]] = {
    "file_is_signed_once_by_a_certificate": (
        detached,
        lambda row: double(row, file_id=LetterFile.objects.order_by("pk").last().pk),
    ),
    "confirmed_signature_names_its_certificate": (detached, lambda row: change(row, fingerprint="")),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)


@pytest.mark.parametrize("without", [{"owner": ""}, {"valid_from": None}, {"valid_to": None}])
def test_a_proved_signature_names_its_certificate(without: dict[str, object]) -> None:
    row = detached()
    with kept_by("confirmed_signature_names_its_certificate"):
        change(row, **without)


def test_what_was_not_checked_may_say_nothing() -> None:
    row = detached(verdict="unchecked", owner="", valid_from=None, valid_to=None, fingerprint="")
    assert DetachedSignature.objects.get() == row
