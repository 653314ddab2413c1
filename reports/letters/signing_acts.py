"""The acts on a letter that awaits its signature: by key, on paper, by a signature made outside the portal."""

from dataclasses import replace

from rcro_portal.lib.acts import Act, never, while_in
from reports.letters import why_not
from reports.letters.case import LetterCase
from reports.letters.why_not import ANNULLED, APPROVED, AWAITING, BEFORE_THE_PDF, DRAFT, PREPARING, REVIEW, SENT, SIGNED
from reports.models.letter import Way

IS_SIGNED = {
    **BEFORE_THE_PDF,
    SIGNED: "Письмо уже подписано.",
    SENT: "Письмо уже подписано и отправлено.",
    ANNULLED: why_not.IS_ANNULLED,
}

SIGN = Act[LetterCase](
    key="sign",
    label="Подписать",
    url="reports:letter-sign",
    who=lambda case: case.signs,
    ask=why_not.signatory,
    states=[AWAITING],
    otherwise=IS_SIGNED,
    not_you=why_not.names_another,
    not_yet=why_not.BY_KEY,
    is_next=lambda case: case.letter.way == Way.KEY and case.letter.status in (PREPARING, AWAITING),
    # Afterwards the page says who has signed.
    on_page=while_in(DRAFT, REVIEW, APPROVED, PREPARING, AWAITING),
)
PREAPPROVE = replace(
    SIGN,
    key="preapprove",
    label="Одобрить, подпишу за компьютером",
    url="reports:letter-endorse",
    is_next=never,
    # Pressed again it changes nothing; the page says when it was done.
    on_page=lambda case: case.letter.status == AWAITING and case.letter.endorsed_at is None,
)


def _choose(way: Way, label: str) -> Act[LetterCase]:
    return replace(
        SIGN,
        key=f"choose_{way}",
        label=label,
        url="reports:letter-choose",
        not_yet=why_not.same_way(way),
        is_next=never,
        on_page=lambda case: case.letter.status == AWAITING and case.letter.way != way,
    )


def _is_expected(case: LetterCase) -> bool:
    """Files are brought while the letter awaits its signature; the clerk sees before that what will be theirs."""
    return case.letter.status == AWAITING or (case.is_clerk and case.letter.status not in (SIGNED, SENT))


UPLOAD_SCAN = Act[LetterCase](
    key="upload_scan",
    label="Загрузить скан",
    url="reports:letter-upload-scan",
    who=lambda case: case.is_clerk or case.signs or case.files,
    ask=why_not.department("Скан загружает тот, кто подписывает, делопроизводитель или отдел, который готовил письмо"),
    states=[AWAITING],
    otherwise=IS_SIGNED,
    not_yet=why_not.ON_PAPER,
    on_page=_is_expected,
)
CONFIRM_SCAN = replace(
    UPLOAD_SCAN,
    key="confirm_scan",
    label="Подтвердить скан",
    url="reports:letter-confirm-scan",
    who=lambda case: case.is_clerk,
    ask="Скан подтверждает делопроизводитель.",
    not_you=why_not.own_scan,
    not_yet=why_not.no_scan,
    is_next=lambda case: case.letter.status == AWAITING and case.letter.way == Way.PAPER,
)
UPLOAD_SIGNATURE = Act[LetterCase](
    key="upload_signature",
    label="Загрузить подпись",
    url="reports:letter-upload-signature",
    who=lambda case: case.is_clerk or case.is_named,
    ask="Файл подписи загружает тот, кто подписывает письмо, или делопроизводитель.",
    states=[AWAITING],
    otherwise=IS_SIGNED,
    not_yet=why_not.OUTSIDE,
    on_page=_is_expected,
)
CONFIRM_SIGNATURE = replace(
    UPLOAD_SIGNATURE,
    key="confirm_signature",
    label="Подтвердить подпись",
    url="reports:letter-confirm-signature",
    who=lambda case: case.is_clerk,
    ask="Подпись подтверждает делопроизводитель.",
    not_you=why_not.own_file,
    not_yet=why_not.no_file,
    is_next=lambda case: case.letter.status == AWAITING and case.letter.way == Way.GOST,
)
ATTACH_SIGNATURE = replace(
    UPLOAD_SIGNATURE,
    key="attach_signature",
    label="Добавить вторую подпись, по ГОСТ",
    url="reports:letter-attach-signature",
    states=[AWAITING, SIGNED, SENT],
    otherwise={**BEFORE_THE_PDF, ANNULLED: why_not.IS_ANNULLED},
    not_yet=why_not.SECOND,
    on_page=while_in(AWAITING, SIGNED, SENT),
)

SIGNING = [
    SIGN,
    PREAPPROVE,
    UPLOAD_SCAN,
    CONFIRM_SCAN,
    UPLOAD_SIGNATURE,
    CONFIRM_SIGNATURE,
    _choose(Way.PAPER, "Подпишу на бумаге"),
    _choose(Way.GOST, "Подпишу усиленной подписью вне портала"),
    _choose(Way.KEY, "Подписать ключом в портале"),
    ATTACH_SIGNATURE,
]
