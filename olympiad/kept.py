"""What the methodist keeps here, as ``rcro_portal.lib.keeping`` makes pages of it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from centers.models.degree import highest
from olympiad import permissions
from olympiad.forms import QuotaForm, SeasonForm, SubjectForm
from olympiad.models import (
    PrepProgramme,
    PrepSession,
    ProgrammeLesson,
    Pupil,
    Season,
    SessionLecturer,
    SessionPartner,
    StageProblem,
    StageQuota,
    Subject,
)
from olympiad.problems.forms import ProblemForm
from olympiad.pupils import looking, pupils
from olympiad.pupils.forms import PupilActForm, PupilForm
from olympiad.sessions import forms, lecturers, sessions
from rcro_portal.lib.keeping import Act, Keeper, Noun, Part
from rcro_portal.lib.russian import grouped, lower_first, short_date

CODE_STAYS = "Код стоит в правилах сезонов и в сохранённых ссылках."


def _sessions(user: Any, day: Any) -> QuerySet:  # noqa: ARG001
    return PrepSession.objects.visible_to(user).select_related("event__department", "season", "municipality")


def _of_lecturer(row: Any) -> str:
    """«доктор физико-математических наук, физика, профессор ТГУ. В те же дни – «…»», as far as it is known.

    ``elsewhere`` is read by the card for all of them at once.
    """
    degree = highest(row.person.degrees.all(), row.session.event.first_day)
    said = (str(degree or ""), lower_first(str(row.subject or "")), row.post)
    about = ", ".join(filter(None, said))
    return ". ".join(filter(None, (about, getattr(row, "elsewhere", ""))))


def _named_today(rows: Any) -> QuerySet:
    named: QuerySet = rows.named_on(timezone.localdate())
    return named


def _of_lesson(row: Any) -> str:
    counts = f"школьников – {grouped(row.pupils)}, учителей – {grouped(row.school_teachers)}"
    return f"с {short_date(row.started_on)}: {counts}"


LECTURERS = Part(
    model=SessionLecturer,
    form=forms.LecturerForm,
    noun=Noun("Преподаватель", "Новый преподаватель смены", "преподавателя"),
    name="session-lecturer",
    route="lecturers/",
    owner="session",
    title="Преподаватели",
    empty="По именам не названы.",
    line=lambda row: row.person.full_name,
    note=_of_lecturer,
    order=("person__sort_key", "pk"),
    rows=lambda rows: rows.select_related("person", "subject", "session__event").prefetch_related("person__degrees"),
    create=lecturers.create,
    change=lecturers.change,
)
PARTNERS = Part(
    model=SessionPartner,
    form=forms.PartnerForm,
    noun=Noun("Партнёр", "Новый партнёр смены", "партнёра"),
    name="session-partner",
    route="partners/",
    owner="session",
    title="Партнёры",
    empty="Партнёры не указаны.",
    line=lambda row: str(row.organization),
    note=lambda row: f"{row.organization.get_kind_display()}, {row.organization.municipality.name}",
    order=("organization__sort_key", "pk"),
    rows=lambda rows: rows.select_related("organization__municipality"),
)
WITHDRAW = Act(
    key="withdraw",
    label="Отозвать согласие",
    title="Отзыв согласия",
    done="согласие отозвано, имя и файлы удалены, в числах обучающийся остался",
    form=PupilActForm,
    verb=pupils.withdraw,
    # Whoever withdraws a consent does not wait until the session is brought back.
    in_archive=True,
    before="Имя и файлы удалятся сразу, вернуть их нельзя. В числах обучающийся останется.",
)
REMOVE = Act(
    key="remove",
    label="Удалить ошибочную запись",
    title="Удаление ошибочной записи",
    done="запись удалена из списка",
    form=PupilActForm,
    verb=pupils.remove,
    before="Строка и файлы удалятся, вернуть их нельзя. Чисел смены это не меняет: поправьте их в карточке.",
)
PUPILS = Part(
    model=Pupil,
    form=PupilForm,
    noun=Noun("Обучающийся", "Новый обучающийся смены", "обучающегося"),
    name="session-pupil",
    route="pupils/",
    owner="session",
    title="Обучающиеся по именам",
    empty="По именам никто не внесён.",
    line=lambda row: f"{row.surname} {row.given_name}, {row.grade} класс",
    order=("sort_key", "pk"),
    rows=_named_today,
    may=permissions.may_keep_pupils,
    deletes=False,
    create=pupils.enter,
    change=pupils.change,
    acts=(WITHDRAW, REMOVE),
    opened=looking.opened,
    lead="Имена видят только методист отдела смены и координатор школы. Каждый просмотр записывается.",
)
COUNT = Act(
    key="count",
    label="Взять числа из списков",
    title="Числа смены по спискам",
    done="числа взяты из списков",
    form=forms.CountForm,
    verb=sessions.count,
)
SESSIONS = Keeper(
    model=PrepSession,
    form=forms.SessionForm,
    noun=Noun("Смена", "Новая смена", "смену"),
    app="olympiad",
    name="session",
    route="sessions/",
    seen=_sessions,
    may=permissions.may_keep,
    parts=(LECTURERS, PARTNERS, PUPILS),
    create=sessions.create,
    acts=(COUNT,),
    archive_words="Из списка смен и показателей запись уйдёт. Мероприятие, письма и история остаются как есть.",
)
LESSONS = Part(
    model=ProgrammeLesson,
    form=forms.LessonForm,
    noun=Noun("Занятия по предмету", "Новые занятия по предмету", "занятия"),
    name="programme-lesson",
    route="lessons/",
    owner="programme",
    title="Онлайн-занятия",
    empty="Занятия не внесены.",
    line=lambda row: f"{row.subject}, {row.season}",
    note=_of_lesson,
    order=("-season__starts_on", "subject__position", "pk"),
    rows=lambda rows: rows.select_related("subject", "season"),
)
PROGRAMMES = Keeper(
    model=PrepProgramme,
    form=forms.ProgrammeForm,
    noun=Noun("Программа", "Новая программа подготовки", "программу"),
    app="olympiad",
    name="programme",
    route="programmes/",
    seen=lambda user, day: PrepProgramme.objects.all(),  # noqa: ARG005
    may=permissions.may_keep,
    parts=(LESSONS,),
    deletes=True,
)
PROBLEMS = Keeper(
    model=StageProblem,
    form=ProblemForm,
    noun=Noun("Проблемная зона", "Новая проблемная зона", "проблемную зону"),
    app="olympiad",
    name="problem",
    route="problems/",
    seen=permissions.problems_seen,
    may=permissions.may_keep,
)
QUOTAS = Part(
    model=StageQuota,
    form=QuotaForm,
    noun=Noun("Квота этапа", "Новая квота этапа", "квоту этапа"),
    name="season-quota",
    route="quotas/",
    owner="season",
    title="Квоты этапов",
    empty="Квоты не внесены: сколько победителей и призёров, портал не проверяет.",
    line=lambda row: f"{row.get_stage_display().capitalize()} этап: не больше {row.laureates} % участников",
    note=lambda row: row.basis,
    order=("pk",),
)
SEASONS = Keeper(
    model=Season,
    form=SeasonForm,
    noun=Noun("Сезон", "Новый сезон", "сезон", "Сезоны олимпиад"),
    app="olympiad",
    name="season",
    route="seasons/",
    seen=lambda user, day: Season.objects.all(),  # noqa: ARG005
    may=permissions.may_keep,
    parts=(QUOTAS,),
    deletes=True,
)
SUBJECTS = Keeper(
    model=Subject,
    form=SubjectForm,
    noun=Noun("Предмет", "Новый предмет олимпиады", "предмет", "Предметы олимпиад"),
    app="olympiad",
    name="subject",
    route="subjects/",
    seen=lambda user, day: Subject.objects.all(),  # noqa: ARG005
    may=permissions.may_keep,
    fixed=lambda user, row: {"code": CODE_STAYS} if row else {},  # noqa: ARG005
    deletes=True,
)
