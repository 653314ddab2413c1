"""A certificate of taking part is no document of further training: nothing that it prints, or that tells of it, may
say so (273-ФЗ, article 76). Pages about signatures' certificates and the admin are no part of this.
"""

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from django.db.models import TextChoices

from events.models.event import Event, EventForm, EventKind
from reports.certificates import wording
from reports.certificates.notices import REASONS
from reports.models import CertificateRelease
from reports.models import certificate as models
from reports.models.certificate import CertificateRole, EventLevel
from tests.house.tree import name, python_files, syntax, tracked

FORBIDDEN = re.compile(r"удостоверени|повышени\w*\s+квалификаци", re.IGNORECASE)
PRINTING = ("reports/certificates/", "reports/typesetting/certificate_", "reports/models/certificate.py")
# The only place that may name them: it refuses them in what people write.
REFUSAL = ("reports/certificates/wording.py", "_FURTHER_TRAINING")


def test_the_templates_and_the_modules_say_nothing_of_further_training() -> None:
    said = [
        (name(path), text)
        for path in tracked()
        if name(path).startswith("templates/reports/certificates/")
        for text in [path.read_text(encoding="utf-8")]
    ]
    said += [(name(path), text) for path in python_files() if name(path).startswith(PRINTING) for text in strings(path)]
    assert len({place for place, _ in said}) > 20
    assert [(place, text) for place, text in said if FORBIDDEN.search(text)] == []


def strings(path: Path) -> Iterator[str]:
    """Every text in a module, but those of the refusal itself."""
    for statement in syntax(path).body:
        targets = {ast.unparse(one) for one in getattr(statement, "targets", ())}
        if (name(path), *targets) != REFUSAL:
            nodes = ast.walk(statement)
            yield from (one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_no_role_of_any_kind_of_event_speaks_of_further_training() -> None:
    lines = [
        wording._role(role, Event(kind=kind, body="экспертного совета"))
        for role, kind in itertools.product(CertificateRole, EventKind)
    ]
    choices: tuple[type[TextChoices], ...] = (
        CertificateRole,
        EventLevel,
        EventKind,
        EventForm,
        models.CertificateState,
    )
    lines += [str(label) for one in choices for label in one.labels]
    lines += [text for reason in REASONS for text in (reason.words, reason.whom)]
    assert len(lines) > 50
    assert [line for line in lines if FORBIDDEN.search(line)] == []


def test_what_people_write_is_refused_in_any_case_and_number() -> None:
    for text in (
        "УДОСТОВЕРЕНИЕ",
        "удостоверениями",
        "программы повышения\u00a0квалификации",
        "Повышение  квалификации",
    ):
        assert FORBIDDEN.search(text)
        try:
            wording.refuse_further_training(text)
        except wording.SaysTooMuch:
            continue
        raise AssertionError(text)
    for text in ("удостоверяет", "повышение качества", "квалификационная категория", "сертификат подписи"):
        wording.refuse_further_training(text)
    assert CertificateRelease._meta.verbose_name == "выпуск сертификатов"
