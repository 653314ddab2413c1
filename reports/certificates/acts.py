"""The acts on a release and on a certificate: when each is done, by whom, and why not (``rcro_portal.lib.acts``)."""

from dataclasses import replace
from functools import cached_property

from rcro_portal.lib.acts import Act, Acts, Case, Words, alike
from reports import permissions
from reports.models import Certificate, CertificateRelease
from reports.models.certificate import CertificateState, ReleaseStatus

PREPARED_BY = "Сертификаты готовит методист."
RELEASED_BY = "Сертификаты выпускает и аннулирует тот, у кого сегодня есть право подписи."
SEEN_BY = "Сертификаты мероприятий видят методисты, начальники отделов, директор и администратор, свои – каждый."
DRAFT, AWAITING, DRAWING, STOPPED, RELEASED, CANCELLED = ReleaseStatus
PREPARED, NUMBERED, ISSUED, REVOKED, REPLACED = CertificateState


class ReleaseCase(Case[CertificateRelease]):
    @property
    def prepares(self) -> bool:
        return permissions.may_prepare_certificates(self.user)

    @cached_property
    def releases(self) -> bool:
        return permissions.may_sign(self.user, self.day)


class CertificateCase(Case[Certificate]):
    @property
    def prepares(self) -> bool:
        return permissions.may_prepare_certificates(self.user)

    @cached_property
    def releases(self) -> bool:
        return permissions.may_sign(self.user, self.day)

    @cached_property
    def again(self) -> Certificate | None:
        """The one that is prepared in its place."""
        return getattr(self.row, "replaced_by", None)


def _of_those_who_see(words: str) -> Words[ReleaseCase]:
    """Others may not know of the release: they are told that alone."""
    return lambda case: words if permissions.may_see_certificates(case.user) else SEEN_BY


WITH_DIRECTOR: dict[str, Words[ReleaseCase]] = {
    AWAITING: "Список у директора. Чтобы изменить его, отзовите список.",
}
OVER: dict[str, Words[ReleaseCase]] = {
    RELEASED: "Сертификаты уже выпущены. Ошибку в одном из них исправляет новый сертификат вместо него.",
    CANCELLED: "Выпуск отменён. Подготовьте новый на странице мероприятия.",
}
NUMBERS_GIVEN: dict[str, Words[ReleaseCase]] = alike([DRAWING, STOPPED], "Номера уже присвоены: список не меняется.")
NOT_SENT: dict[str, Words[ReleaseCase]] = {DRAFT: "Методист ещё готовит список."}

SUBMIT = Act[ReleaseCase](
    key="submit",
    label="Направить директору",
    url="reports:certificates-submit",
    who=lambda case: case.prepares,
    ask=_of_those_who_see(PREPARED_BY),
    states=[DRAFT],
    otherwise={AWAITING: "Список уже у директора.", **NUMBERS_GIVEN, **OVER},
    on_page=lambda case: case.row.status == DRAFT,
)
RELEASE = Act[ReleaseCase](
    key="release",
    label="Выпустить",
    url="reports:certificates-release",
    who=lambda case: case.releases,
    ask=_of_those_who_see(RELEASED_BY),
    states=[AWAITING],
    otherwise={**NOT_SENT, **alike([DRAWING, STOPPED], "Сертификаты уже выпускаются."), **OVER},
    on_page=lambda case: case.row.status in (DRAFT, AWAITING),
)
STOP = Act[ReleaseCase](
    key="stop",
    label="Остановить",
    url="reports:certificates-stop",
    who=lambda case: case.releases,
    ask=_of_those_who_see(RELEASED_BY),
    states=[DRAWING],
    otherwise={
        **alike([DRAFT, AWAITING], "Выпуск ещё не начат."),
        STOPPED: "Выпуск уже остановлен.",
        **OVER,
    },
    on_page=lambda case: case.row.status == DRAWING,
)
RELEASES = Acts[ReleaseCase](
    ReleaseStatus,
    SUBMIT,
    RELEASE,
    replace(RELEASE, key="give_back", label="Вернуть методисту", url="reports:certificates-give-back"),
    replace(
        SUBMIT,
        key="take_back",
        label="Отозвать список",
        url="reports:certificates-take-back",
        states=[AWAITING],
        otherwise={DRAFT: "Список и так у вас.", **NUMBERS_GIVEN, **OVER},
        on_page=lambda case: case.row.status == AWAITING,
    ),
    replace(
        SUBMIT,
        key="cancel",
        label="Отменить выпуск",
        url="reports:certificates-cancel",
        states=[DRAFT],
        otherwise={**WITH_DIRECTOR, **NUMBERS_GIVEN, **OVER},
    ),
    STOP,
    replace(
        STOP,
        key="resume",
        label="Продолжить",
        url="reports:certificates-resume",
        states=[STOPPED],
        otherwise={**alike([DRAFT, AWAITING], "Выпуск ещё не начат."), DRAWING: "Выпуск идёт.", **OVER},
        on_page=lambda case: case.row.status == STOPPED,
    ),
    replace(
        STOP,
        key="give_up",
        label="Завершить без остальных",
        url="reports:certificates-give-up",
        states=[STOPPED],
        otherwise={**alike([DRAFT, AWAITING], "Выпуск ещё не начат."), DRAWING: "Сначала остановите выпуск.", **OVER},
        on_page=lambda case: case.row.status == STOPPED,
    ),
    replace(
        STOP,
        key="try_again",
        label="Попробовать ещё раз",
        url="reports:certificates-try-again",
        not_yet=lambda case: "" if case.row.draw_error else "Файлы готовятся.",
        on_page=lambda case: bool(case.row.draw_error),
    ),
)


def _written_already(case: CertificateCase) -> str:
    return "Новый сертификат вместо этого уже готовится." if case.again else ""


NOT_ISSUED: dict[str, Words[CertificateCase]] = {
    PREPARED: "Сертификат ещё не выдан: изменить его можно в списке выпуска.",
    NUMBERED: "Файл ещё готовится.",
}
GONE: dict[str, Words[CertificateCase]] = {
    REVOKED: "Сертификат уже аннулирован.",
    REPLACED: "Сертификат уже заменён другим.",
}
IN_RELEASE: dict[str, Words[CertificateCase]] = alike(
    [NUMBERED, ISSUED, REVOKED, REPLACED], "Номер уже присвоен: сертификат не меняется, его заменяют новым."
)


def _list_is_open(case: CertificateCase) -> str:
    return "" if case.row.release.status == DRAFT else "Список у директора. Чтобы изменить его, отзовите список."


EDIT = Act[CertificateCase](
    key="edit",
    label="Изменить",
    url="reports:certificate-edit",
    who=lambda case: case.prepares,
    ask=PREPARED_BY,
    states=[PREPARED],
    otherwise=IN_RELEASE,
    not_yet=_list_is_open,
    on_page=lambda case: case.row.status == PREPARED,
)
CERTIFICATES = Acts[CertificateCase](
    CertificateState,
    EDIT,
    replace(EDIT, key="remove", label="Убрать из списка", url="reports:certificate-remove"),
    Act(
        key="again",
        label="Исправить: новый вместо этого",
        url="reports:certificate-again",
        who=lambda case: case.prepares,
        ask=PREPARED_BY,
        states=[ISSUED],
        otherwise={**NOT_ISSUED, **GONE},
        not_yet=_written_already,
        on_page=lambda case: case.row.status == ISSUED,
    ),
    Act(
        key="revoke",
        label="Аннулировать",
        url="reports:certificate-revoke",
        who=lambda case: case.releases,
        ask=RELEASED_BY,
        states=[ISSUED],
        otherwise={**NOT_ISSUED, **GONE},
        on_page=lambda case: case.row.status == ISSUED,
    ),
)
