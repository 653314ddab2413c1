"""Why the portal writes to coordinators about their own office, and in what words."""

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from centers.models import Center, Coordinator
from rcro_portal.lib import russian
from rcro_portal.lib.notices import planning
from rcro_portal.lib.notices.reasons import Line, Reason
from rcro_portal.lib.notices.sending import NoLongerSo

SUBJECTS = {
    "coordinator_appointed": "Вы назначены координатором РВЦИ",
    "coordinator_released": "Полномочия координатора РВЦИ прекращаются",
    "coordinator_reinstated": "Вы остаётесь координатором РВЦИ",
    "coordinator_not_appointed": "Назначение координатором РВЦИ отменено",
}


def tell(reason: Reason, post: Coordinator, at: datetime.datetime) -> None:
    """Plan it for whoever holds the post, at the address of their account, else of their record; none: nobody is told.

    A post that is taken back leaves no row: of it the centre's row tells.
    """
    person = post.person
    user = getattr(person, "user", None)
    if email := user.email if user else person.email:
        about = post.center if reason is NOT_APPOINTED else post
        subject, fact = f"{SUBJECTS[reason.key]} {post.center}", f"{post.pk} {post.since} {post.until}"
        planning.plan(reason=reason, about=about, email=email, user=user, subject=subject, at=at, fact=fact)


def _of_post(words: Callable[[Coordinator], str]) -> Callable[[Any], Line]:
    def line(notice: Any) -> Line:
        rows = Coordinator.objects.select_related("center__organization", "person")
        post = rows.filter(pk=planning.pk_in(notice.about)).first()
        if post is None:
            raise NoLongerSo("Назначение отменено.")
        return Line(words(post), _page(post.center))

    return line


def _appointed(post: Coordinator) -> str:
    return (
        f"С {russian.long_date(post.since, 'года')} Вы координатор центра: {post.center}. "
        "С этого дня в портале видны его поручения, письма и мероприятия."
    )


def _released(post: Coordinator) -> str:
    if post.until is None:
        raise NoLongerSo("Полномочия не прекращены.")
    after = Coordinator.objects.filter(center=post.center_id, since__gt=post.until).select_related("person")
    successor = after.order_by("since").first()
    whose = f" Дальше центр ведёт {successor.person.full_name}." if successor else ""
    last = russian.long_date(post.until, "года")
    return f"Ваши полномочия координатора центра {post.center} действуют по {last} включительно.{whose}"


def _reinstated(post: Coordinator) -> str:
    return f"Передача полномочий отменена: Вы по-прежнему координатор центра {post.center}."


def _not_appointed(notice: Any) -> Line:
    center = Center.objects.select_related("organization").get(pk=planning.pk_in(notice.about))
    return Line(f"Ваше назначение координатором центра {center} отменено до начала его действия.")


def _page(center: Center) -> str:
    return settings.BASE_URL + reverse("centers:center-detail", args=[center.pk])


APPOINTED = Reason(
    key="coordinator_appointed",
    words="Назначен координатор центра",
    whom="Тому, кого назначили или кому передали полномочия",
    line=_of_post(_appointed),
)
RELEASED = Reason(
    key="coordinator_released",
    words="Полномочия координатора прекращаются или переданы",
    whom="Прежнему координатору",
    line=_of_post(_released),
)
REINSTATED = Reason(
    key="coordinator_reinstated",
    words="Передача полномочий координатора отменена до её начала",
    whom="Координатору, который остаётся",
    line=_of_post(_reinstated),
)
NOT_APPOINTED = Reason(
    key="coordinator_not_appointed",
    words="Назначение координатора отменено до его начала",
    whom="Тому, кому о назначении уже написали",
    line=_not_appointed,
)
REASONS = (APPOINTED, RELEASED, REINSTATED, NOT_APPOINTED)
