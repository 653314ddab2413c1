"""What a person who has the right would send with each POST; whoever has not, sends the same."""

import functools
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import Outcome
from rcro_portal.lib.working_days import Calendar
from reports.composing import renditions
from reports.figures import offers
from reports.journal import clerk_dashboard
from reports.models import Letter, RegisterEntry
from reports.signing import openssl
from tests import clock
from tests.factories import imports, letters
from tests.factories.centers import PASSWORD
from tests.factories.reports import KEY_PASSWORD
from tests.gost_authority import DAY, NO_ENGINE, GostAuthority
from tests.house import (
    posts_projects,
    world_assignments,
    world_certificates,
    world_olympiad,
    world_people,
    world_requests,
    world_year_reports,
)
from tests.house.world import SCAN, World
from tests.house.world_attendance import CODE, a_list, expected, those_who_come
from tests.house.world_outcomes import a_paragraph
from tests.house.world_plan import an_item

NOTE = {"note": "Поправьте срок."}
PLANNED = {
    "kind": "webinar",
    "topic": "Открытая лаборатория",
    "purpose": "обмена опытом",
    "starts_at": "2031-05-12T15:00",
    "form": "online",
    "place": "по ссылке",
}
NOBODY_KNOWN = {"surname": "Иволгина", "given_name": "Вера", "patronymic": "", "gender": "f"}
EDITOR = {
    "subject_line": "Об итогах",
    "addressee": "Руководителям",
    "salutation": "Уважаемые коллеги!",
    "talks-TOTAL_FORMS": "1",
    "talks-INITIAL_FORMS": "0",
    "talks-0-act": "reported",
    "talks-0-post": "учитель физики",
    "talks-0-title": "Лаборатория",
    "talks-0-text": "приборы собирают ученики",
    "problems-TOTAL_FORMS": "0",
    "problems-INITIAL_FORMS": "0",
    "decisions-TOTAL_FORMS": "1",
    "decisions-INITIAL_FORMS": "0",
    "decisions-0-kind": "decision",
    "decisions-0-text": "составить список",
    "decisions-0-due_on": "2031-05-12",
    "decisions-0-asks": "answer",
}
FIGURE = {"query": "centers_with_status", "year": "2026", "case": "nominative", "name": "сеть"}


NAMES = {"full_name": "Лицей у реки", "short_name": "Лицей у реки", "since": "2021-09-01", "until": "2021-12-31"}


def _organization(world: World, row: Any) -> dict[str, Any]:
    place = world.ours.organization.municipality_id
    return {**NAMES, "kind": "educational", "municipality": place, "phone": "(3822) 00-00-03"}


ACT = {"act_number": "17-р", "act_on": "2031-01-10", "since": "2031-01-10"}


def _role(world: World, row: Any) -> dict[str, Any]:
    return {"title": "базовая площадка", "since": "2021-09-01"}


def _planned(world: World, row: Any) -> dict[str, Any]:
    return {**PLANNED, "department": world.office.department.pk}


def _a_figure(world: World, row: Any) -> dict[str, Any]:
    """One of the registry, as the text of that draft is offered it."""
    event = row.event if isinstance(row, Outcome) else row.occasion
    offered = offers.offers(event, offers.usual_over(event))
    return {"name": next(name for name, one in offered.items() if not one["is_usual"])}


def edited(world: World, outcome: Outcome) -> dict[str, Any]:
    return {**EDITOR, "version": outcome.version, "talks-0-speaker": world.people["methodist"].person_id}


def _corrected(world: World, letter: Letter) -> dict[str, Any]:
    return {**edited(world, letter.outcome), **_seen(world, letter)}


def _seen(world: World, letter: Letter) -> dict[str, Any]:
    return {"snapshot": letter.snapshot_id}


def _signed(world: World, letter: Letter) -> dict[str, Any]:
    return {"digest": letter.final.digest if letter.final else "0" * 64, "password": KEY_PASSWORD}


def _answer(world: World, row: Any) -> dict[str, Any]:
    said = {"way": "telephone", "said_by": "Иволгина В.П., завуч", "said_on": clock.today().isoformat()}
    return {"text": "Всё сделано.", **said, "attached": SimpleUploadedFile("спи\u0301сок.pdf", SCAN)}


def _a_working_day() -> str:
    return Calendar().next_working_day(clock.today()).isoformat()


@functools.cache
def _gost_authority() -> GostAuthority:
    folder = Path(tempfile.mkdtemp(prefix="gost-", dir=settings.DATA_DIR))
    authority, now = GostAuthority(folder, "house"), clock.now()
    authority.issue("director", "/CN=Кедрова Елена Юрьевна", begins=now - DAY, ends=now + DAY)
    return authority


def _signed_outside(world: World, row: Letter) -> dict[str, Any]:
    """A true signature of the director over what the letter shows, without the machine's moment; no root is trusted."""
    if not openssl.knows_gost():
        pytest.skip(NO_ENGINE)
    shown = renditions.shown(Letter.objects.get(pk=row.pk))
    data = _gost_authority().sign("director", shown.pdf, "-noattr")
    return {"signature": SimpleUploadedFile("letter.sig", data)}


PAPER = {"addressee": "Школам области", "subject_line": "О приёме", "prepared_by": "Иволгина В.П."}


def _written_up(world: World, row: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        **PAPER,
        "numbers": clerk_dashboard.dashboard_of(world.office.clerk, today).following,
        "on": today.isoformat(),
    }


def _late(world: World, row: Any) -> dict[str, Any]:
    beside = RegisterEntry.objects.get(pk=world.rows["on-paper"].pk)
    return {**PAPER, "number": f"{beside.sequence}а", "on": beside.registered_on.isoformat(), "reason": "Забыто."}


def _schools(world: World, row: Any) -> dict[str, Any]:
    return {"table": SimpleUploadedFile("schools.csv", imports.schools("Школа № 3"))}


def _old_journal(world: World, row: Any) -> dict[str, Any]:
    table = SimpleUploadedFile("journal.csv", "Номер;Дата;Кому\n1;12.01.2026;Школам".encode())
    return {"register": world.office.register.pk, "table": table}


def _draft(world: World, letter: Letter) -> dict[str, Any]:
    page = letters.written(letter)
    named = {name: page[name] for name in ("version", "subject_line", "audience", "addressee", "salutation", "body")}
    return {**named, **letters.NO_ROWS}


def _taking_office(world: World, row: Any) -> dict[str, Any]:
    return {**NOBODY_KNOWN, "since": clock.today().isoformat()}


WHY = {"why": "Проверка"}
FIELDS: dict[str, Callable[[World, Any], dict[str, Any]]] = {
    **posts_projects.FIELDS,
    **world_olympiad.FIELDS,
    "centers:center-edit": lambda world, row: {
        "email": "new@school.example",
        "phone": "(3822) 00-00-04",
        "head_name": "Иволгина",
    },
    **world_people.FIELDS,
    **world_assignments.FIELDS,
    **world_year_reports.FIELDS,
    "events:coordinator-appoint": _taking_office,
    "events:coordinator-hand-over": _taking_office,
    "events:coordinator-end": lambda world, row: {"last": clock.today().isoformat()},
    "centers:center-new": lambda world, row: {**ACT, "organization": world.rows["lone"].pk},
    "centers:status-grant-new": lambda world, row: ACT,
    "centers:status-grant-edit": lambda world, row: {**ACT, "since": "2020-01-01", "until": "2040-12-31"},
    "centers:status-grant-extend": lambda world, row: {**ACT, "until": "2041-12-31"},
    "centers:status-grant-withdraw": lambda world, row: {**ACT, "until": "2039-12-31"},
    "centers:organization-new": _organization,
    "centers:organization-edit": _organization,
    "centers:organization-rename": lambda world, row: NAMES,
    "centers:organization-archive": lambda world, row: {"reason": "Закрыта"},
    "centers:organization-role-new": _role,
    "centers:organization-role-edit": _role,
    "centers:organization-role-end": lambda world, row: {"until": "2031-01-01"},
    "centers:former-name-new": lambda world, row: NAMES,
    "centers:former-name-edit": lambda world, row: NAMES,
    "centers:invitation-new": lambda world, row: {"email": "invited@school.example"},
    "centers:invitation-accept": lambda world, row: {"password1": PASSWORD, "password2": PASSWORD},
    "projects:project-list-bulk": lambda world, row: {"row": world.rows["project"].pk, "theme": "Иное", **WHY},
    "projects:cluster-list-bulk": lambda world, row: {"row": world.rows["cluster"].pk, "subject_area": "Иное", **WHY},
    "projects:resource-list-bulk": lambda world, row: {"row": world.rows["resource"].pk, "kind": "video", **WHY},
    "projects:achievement-list-bulk": lambda world, row: {
        "row": world.rows["achievement"].pk,
        "level": "federal",
        **WHY,
    },
    "centers:center-list-bulk": lambda world, row: {"row": world.ours.pk, **ACT, "until": "2041-12-31", **WHY},
    "centers:organization-list-bulk": lambda world, row: {
        "row": world.rows["lone"].pk,
        "kind": "cultural",
        "why": "Проверка",
    },
    "list-view-save": lambda world, row: {"name": "Лицеи", "query": "q=лицей"},
    "list-columns": lambda world, row: {"cols": ["municipality", "projects"], "query": "q=лицей"},
    "reports:letter-endorse": lambda world, row: {"digest": row.final.digest if row.final else ""},
    "reports:incoming-new": lambda world, row: {
        "sender_name": "Лицей",
        "subject": "Об ответе",
        "received_on": "2026-01-21",
    },
    "reports:certificates-prepare": lambda world, row: {"role_participant": "listener", "level": "regional"},
    "reports:certificates-release": world_certificates.seen,
    "reports:certificates-give-back": lambda world, row: {"give_back-note": "Поправьте имена."},
    "reports:certificate-edit": world_certificates.certificate,
    "reports:certificate-again": world_certificates.certificate,
    "reports:certificate-revoke": lambda world, row: {"revoke-note": "Выдан по ошибке."},
    "reports:hand-over": lambda world, row: {"receiver": world.office.head.person_id, "kinds": ["incoming"]},
    "reports:incoming-resolve": lambda world, row: {"executor": world.office.methodist.person_id, "usual": "answer"},
    "reports:incoming-reassign": lambda world, row: {
        "reassign-executor": world.office.head.person_id,
        "reassign-why": "Отпуск",
    },
    "reports:incoming-close": lambda world, row: {"close-note": "Решено по телефону"},
    "reports:incoming-reopen": lambda world, row: {"reopen-note": "Пришло дополнение"},
    "token-new": lambda world, row: {"system": "Сайт", "scopes": ["centers"], "ends_on": _a_working_day()},
    "events:event-new": _planned,
    "events:event-edit": _planned,
    "events:event-cancel": lambda world, row: NOTE,
    "events:event-terms": lambda world, row: {"seats": "30"},
    "events:event-clone": lambda world, row: {"starts_at": "2031-05-12T15:00", "in_series": "on"},
    "events:programme-item-new": lambda world, row: {"title": "Открытие", "starts_at": "15:00"},
    "events:programme-item-edit": lambda world, row: {"title": "Закрытие", "starts_at": "16:00", "position": "1"},
    "events:material-new": lambda world, row: {"title": "Запись", "link": "https://v.example", "openness": "all"},
    "events:material-edit": lambda world, row: {"title": "Планы", "openness": "staff"},
    "events:registration-new": those_who_come,
    "events:registration-withdraw": lambda world, row: {"why": "Заболела"},
    "events:registration-substitute": lambda world, row: NOBODY_KNOWN,
    "events:attendance-expected": expected,
    "events:participant-name": lambda world, row: {**NOBODY_KNOWN, "category": "educator"},
    "events:plan-item-new": an_item,
    "events:plan-item-edit": an_item,
    "events:event-list-bulk": lambda world, row: {"row": world.rows["coming"].pk, "kind": "meeting", **WHY},
    "events:commitment-list-bulk": lambda world, row: {"row": world.rows["open"].pk, "day": "2026-12-28", **WHY},
    "events:plan-list-bulk": lambda world, row: {"row": world.rows["item"].pk, "place": "Лицей", "why": "Переезд"},
    "events:plan-item-archive": lambda world, row: {"reason": "Повтор"},
    "events:plan-item-tie": lambda world, row: {"event": world.rows["free-event"].pk},
    "events:plan-responsible-new": lambda world, row: {"department": world.office.department.pk},
    "events:plan-responsible-edit": lambda world, row: {"department": world.office.department.pk},
    "events:schedule-new": lambda world, row: {"project_title": "Сеть", "year": "2031"},
    "events:schedule-edit": lambda world, row: {"project_title": "Сеть лабораторий", "year": row.year},
    "events:request-archive": lambda world, row: {"reason": "Повтор"},
    "events:schedule-archive": lambda world, row: {"reason": "Повтор"},
    "events:attendance-mark": lambda world, row: {"center": world.ours.pk},
    "events:attendance-ticks": lambda world, row: {"tick": f"{world.ours.pk}:1:"},
    "events:attendance-list-new": a_list,
    "events:attendance-list-columns": lambda world, row: {"first_row": "2", "A": "name"},
    "events:participants": lambda world, row: {"category": "pupil", "number": "58"},
    "events:here": lambda world, row: {"code": CODE},
    "events:attendance-unmark": lambda world, row: {"person": world.people["own"].person_id},
    "events:attendance-represent": lambda world, row: {**NOBODY_KNOWN, "center": world.ours.pk},
    "events:outcome-save": edited,
    "events:outcome-restore": lambda world, outcome: {"version": outcome.version},
    "events:outcome-merge": lambda world, outcome: {"version": outcome.version, "side-2": "mine"},
    "events:speaker-new": lambda world, row: NOBODY_KNOWN,
    **world_requests.POSTS,
    "events:commitment-answer": _answer,
    "events:commitment-enter-answer": _answer,
    "events:commitment-ask-term": lambda world, row: {"ask-day": _a_working_day(), "ask-reason": "Болезнь."},
    "events:commitment-move-term": lambda world, row: {"term-day": _a_working_day(), "term-reason": "Болезнь."},
    "events:commitment-decline-term": lambda world, row: {"decline-note": "Отчёт уходит завтра."},
    "events:commitment-move-term-for-all": lambda world, row: {"day": _a_working_day(), "reason": "Новая форма."},
    "events:commitment-give-back": lambda world, row: NOTE,
    "reports:letter-remind": lambda world, row: {"to": world.ours.organization_id},
    "reports:outcome-identify": lambda world, row: {"decision": "", "key": "", "version": "1"},
    "reports:outcome-postpone": lambda world, row: {"decision": "0", "version": "1"},
    "events:paragraph-keep": lambda world, row: {"text": "Материалы опубликованы."},
    "events:paragraph-new": a_paragraph,
    "events:paragraph-edit": a_paragraph,
    "reports:figure-quick": _a_figure,
    "reports:draft-figure-quick": _a_figure,
    "reports:figure-add": lambda world, row: FIGURE,
    "reports:figure-type": lambda world, row: {"typed-typed": "более 350 школьников", "typed-source": "Отчёт"},
    "reports:figure-case": lambda world, row: {"case": "dative"},
    "reports:draft-new": lambda world, row: {"kind": "information"},
    "reports:draft-identify": lambda world, row: {"decision": "", "key": "", "version": "1"},
    "reports:draft-postpone": lambda world, row: {"decision": "0", "version": "1"},
    "reports:draft-save": _draft,
    "reports:draft-discard": lambda world, letter: {"version": letters.written(letter)["version"]},
    "reports:draft-restore": lambda world, letter: {"version": letters.written(letter)["version"]},
    "reports:draft-merge": lambda world, letter: {"version": letters.written(letter)["version"], "side-7": "mine"},
    "reports:draft-figure-add": lambda world, row: FIGURE,
    "reports:draft-figure-type": lambda world, row: {"typed-typed": "более 350 школьников", "typed-source": "Отчёт"},
    "reports:draft-figure-case": lambda world, row: {"case": "dative"},
    "reports:appendix-add": lambda world, row: {
        "file": SimpleUploadedFile("Порядок.pdf", letters.one_page()),
        "title": "Порядок",
        "copies": "1",
    },
    "reports:letter-approve": _seen,
    "reports:letter-correct": _corrected,
    "reports:letter-register": _seen,
    "reports:letter-give-back": lambda world, row: NOTE,
    "reports:letter-replace": lambda world, row: {"replace-note": "Перенесён срок."},
    "reports:letter-annul": lambda world, row: {"annul-note": "Не нужно."},
    "reports:letter-sign": _signed,
    "reports:letter-type-number": lambda world, row: {"number": "945"},
    "reports:register-open-year": lambda world, row: {"day": clock.today().isoformat()},
    "reports:register-give": lambda world, row: {**PAPER, "key": uuid.uuid4()},
    "reports:register-write-up": _written_up,
    "reports:register-reserve": lambda world, row: {
        "key": uuid.uuid4(),
        "count": 2,
        "until": clock.today().replace(month=12, day=31).isoformat(),
        "reason": "Поездка",
    },
    "reports:register-late": _late,
    "reports:register-block": lambda world, row: {"year": 2026, "numbers": "5000–5010"},
    "reports:register-import": _old_journal,
    "reports:register-import-columns": lambda world, row: {
        "head_rows": "1",
        "column-A": "number",
        "column-B": "registered_on",
    },
    "reports:register-import-row": lambda world, row: {"cell-A": "2"},
    "table-import": _schools,
    "table-import-columns": lambda world, row: {"head_rows": "1", "column-A": "short_name", "column-B": "municipality"},
    "table-import-row": lambda world, row: {"cell-A": "Школа № 2"},
    "reports:entry-describe": lambda world, row: PAPER,
    "reports:entry-annul": lambda world, row: {"reason": "Письмо не отправлено."},
    "reports:letter-upload-signature": _signed_outside,
    "reports:letter-attach-signature": _signed_outside,
    "reports:letter-confirm-scan": lambda world, row: {"sure": "on"},
    "reports:letter-upload-scan": lambda world, row: {"scan": SimpleUploadedFile("scan.pdf", SCAN)},
}
QUERY: dict[str, Callable[[World], str]] = {
    "centers:invitation-new": lambda world: f"?person={world.rows['invited'].pk}",
}


def sent_with(name: str, world: World, row: Any) -> dict[str, Any]:
    """With the key of a form that acts once, as its page would carry it; other forms take no notice of one."""
    fields = FIELDS[name](world, row) if name in FIELDS else {}
    return {"key": uuid.uuid4(), **fields}
