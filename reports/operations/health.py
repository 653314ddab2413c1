"""What the operator must see: work that waits too long, letters that cannot be drawn, what the inspection found."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from rcro_portal.lib import file_broker, room, russian
from rcro_portal.lib.notices import digests, mail_fault
from rcro_portal.lib.notices.messages import MessageStatus
from rcro_portal.models import Notice
from reports.delivery import mailbox, returned_mail
from reports.models import Letter, MailboxReading
from reports.models.letter import LetterStatus
from reports.operations import certificate_terms, inspection, overdue

FINE = "Письма готовятся и уходят, ничего не ждёт."
# A worker draws in a second and sweeps every ten: what waits longer waits for nobody.
PATIENCE = datetime.timedelta(minutes=1)
# The portal inspects itself every night.
INSPECTED_WITHIN = datetime.timedelta(hours=26)
# A digest that did not arrive is no news after that.
FRESH = datetime.timedelta(days=3)
TO_DO = {
    certificate_terms.KEY: "После этого дня подпись не примется: закажите новый сертификат и поставьте ключ на сервер.",
    certificate_terms.BETWEEN: "После этого дня подписи под ним не примутся: закажите ключ от действующего центра.",
    certificate_terms.ROOT: "После этого дня подписи под ним не примутся: добавьте к нему новый сертификат центра.",
}


def troubles(now: datetime.datetime) -> list[dict[str, Any]]:
    """Rows for the administrator's home page, the full disk and the silent worker first."""
    found = [*_room(), *_mail(), *_silence(now), *_set_aside(), *_mailbox(), *_digests(now), *_undrawn()]
    return [*found, *_certificates(now), *_findings(now)]


def inspected() -> dict[str, Any]:
    """When the portal was inspected last and what came of it, as a row that leads to the page."""
    run = inspection.last()
    row = {"title": "Проверка портала", "url": reverse("reports:inspection")}
    if run is None:
        return {**row, "note": "ещё не проводилась; первая пройдёт ближайшей ночью"}
    total = inspection.total(run)
    verdict = {"status": "bad", "status_label": "Есть нарушения"} if total else {}
    return {**row, "note": f"{_moment(run.begun_at)}. {_counted(total) if total else 'Всё в порядке'}", **verdict}


def _room() -> Iterator[dict[str, Any]]:
    if not room.grows_short():
        return
    least = settings.LEAST_FREE_BYTES // room.MEGABYTE
    refuses = "портал сейчас не принимает ничего нового." if room.is_short() else "портал не примет ничего нового."
    yield {
        "title": f"На диске портала осталось {room.free_bytes() // room.MEGABYTE} МБ",
        "url": reverse("reports:inspection"),
        "note": f"Освободите место: когда его меньше {least} МБ, {refuses}",
        "status": "bad",
        "status_label": "Нет места" if room.is_short() else "Мало места",
    }


def _set_aside() -> Iterator[dict[str, Any]]:
    if count := len(file_broker.set_aside()):
        files = russian.agree(count, "нечитаемое задание", "нечитаемых задания", "нечитаемых заданий")
        yield {
            "title": f"Обработчик отложил {files}",
            "url": reverse("reports:inspection"),
            "note": "Работа не потеряна: портал берёт её из базы. Файлы – в папке broker/set-aside, их можно удалить.",
        }


def _mail() -> Iterator[dict[str, Any]]:
    if fault := mail_fault.standing():
        yield {
            "title": f"Почта портала не уходит с {_moment(fault.began_at)}",
            "url": reverse("reports:inspection"),
            "note": f"{fault.words} {mail_fault.MEND}",
            "status": "bad",
            "status_label": "Нет почты",
        }


def _silence(now: datetime.datetime) -> Iterator[dict[str, Any]]:
    since = min((since for since, _ in overdue.waiting(now)), default=None)
    if since is None or now - since < PATIENCE:
        return
    minutes = int((now - since).total_seconds() // 60)
    silent = russian.agree(minutes, "минуту", "минуты", "минут")
    yield {
        "title": f"Обработчик заданий не отвечает {silent}",
        "url": reverse("reports:letter-list"),
        "note": "Ничего не потеряно: задания выполнятся после его запуска.",
    }


def _mailbox() -> Iterator[dict[str, Any]]:
    """Only of the mailbox that the settings name today."""
    if not settings.IMAP_HOST:
        return
    for reading in MailboxReading.objects.filter(mailbox=mailbox.address()).exclude(trouble=""):
        since = russian.short_date(timezone.localdate(reading.troubled_at))
        yield {
            "title": "Ящик с уведомлениями о недоставке не читается",
            "url": reverse("reports:inspection"),
            "note": f"{reading.trouble} Так с {timezone.localtime(reading.troubled_at):%H:%M} {since}.",
            "status": "bad",
            "status_label": "Настройка",
        }


def _digests(now: datetime.datetime) -> Iterator[dict[str, Any]]:
    """Messages whose fate stands on no page of their own."""
    recent = Notice.objects.filter(reason=digests.DIGEST, planned_at__gt=now - FRESH)
    for notice in recent.doubtful().order_by("pk"):
        yield {
            "title": f"{digests.WORDS} {returned_mail.fate(notice, 'а')}: {notice.email}",
            "url": reverse("reports:notice-reasons"),
            "note": notice.error,
            "status": notice.status,
            "status_label": MessageStatus(notice.status).label,
        }


def _undrawn() -> Iterator[dict[str, Any]]:
    for letter in Letter.objects.filter(status=LetterStatus.PREPARING).exclude(draw_error="").order_by("pk"):
        hope = "" if letter.is_stuck else " Портал попробует ещё раз сам."
        yield {
            "title": f"Не готовится: {letter.subject_line}",
            "url": reverse("reports:letter-detail", args=[letter.pk]),
            "note": f"{letter.draw_error}{hope}",
            "status": "failed",
            "status_label": "Ошибка",
        }


def _certificates(now: datetime.datetime) -> Iterator[dict[str, Any]]:
    for one in certificate_terms.ending(now):
        over, day = one.ends < now, russian.short_date(timezone.localdate(one.ends))
        yield {
            "title": f"{one.what} {'истёк' if over else 'действует до'} {day}",
            "url": reverse("reports:inspection"),
            "note": f"{one.owner}. {TO_DO[one.what]}",
            "status": "bad",
            "status_label": "Срок истёк" if over else "Срок кончается",
        }


def _findings(now: datetime.datetime) -> Iterator[dict[str, Any]]:
    run = inspection.last()
    if run is None:
        return
    page = {"url": reverse("reports:inspection"), "status": "bad"}
    if total := inspection.total(run):
        note = "; ".join(title for title, words in inspection.titles(run) if words)
        yield {**page, "title": f"Проверка портала: {_counted(total)}", "note": note, "status_label": "Нарушения"}
    if now - run.ended_at > INSPECTED_WITHIN:
        note = f"Последняя проверка – {_moment(run.begun_at)}. Посмотрите, работают ли обработчик и расписание."
        yield {**page, "title": "Портал давно не проверялся", "note": note, "status_label": "Нет проверки"}


def _moment(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%d.%m.%Y, %H:%M}"


def _counted(total: int) -> str:
    return russian.agree(total, "нарушение", "нарушения", "нарушений")
