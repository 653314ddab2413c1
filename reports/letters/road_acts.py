"""The acts on a letter from its draft to «К подписанию», and those that end it or put another in its place."""

from dataclasses import replace

from events.outcomes.outcomes import OutcomeLocked
from rcro_portal.lib.acts import Act, alike, never, while_in
from reports.letters import drafts, replacements, why_not
from reports.letters.case import LetterCase
from reports.letters.why_not import ANNULLED, APPROVED, AWAITING, DRAFT, OVER, PREPARING, REVIEW, SENT, SIGNED

UNDER_WAY = [REVIEW, APPROVED, PREPARING, AWAITING, SIGNED, SENT]
LATER = [*UNDER_WAY, ANNULLED]

CORRECT_OUTCOME = Act[LetterCase](
    key="correct_outcome",
    label="Исправить итоги",
    url="events:outcome-edit",
    who=lambda case: case.writes and not case.is_written and case.letter.outcome_id is not None,
    ask="Итоги пишут методисты, начальники отделов и администратор.",
    states=[DRAFT],
    otherwise={**alike(UNDER_WAY, OutcomeLocked.words), ANNULLED: why_not.IS_ANNULLED},
)
CORRECT_LETTER = Act[LetterCase](
    key="correct_letter",
    label="Исправить письмо",
    url="reports:draft-edit",
    who=lambda case: case.writes and case.is_written,
    ask="Письма пишут методисты и начальники отделов.",
    states=[DRAFT],
    otherwise={**alike(UNDER_WAY, drafts.DraftLocked.words), ANNULLED: why_not.IS_ANNULLED},
)
FILE = Act[LetterCase](
    key="file",
    label="Направить на согласование",
    url="reports:draft-file",
    who=lambda case: case.files and case.is_written,
    ask=why_not.department("Направляет методист или начальник отдела"),
    states=[DRAFT],
    otherwise=alike(LATER, "Письмо уже направлено на согласование."),
    on_page=never,
)
DISCARD = Act[LetterCase](
    key="discard",
    label="Удалить черновик",
    url="reports:draft-discard",
    who=lambda case: case.files and case.is_written,
    ask=why_not.department("Удаляет черновик методист или начальник отдела"),
    states=[DRAFT],
    otherwise=alike(LATER, drafts.WasFiled.words),
    not_yet=why_not.was_filed,
    on_page=never,
)
RECALL = Act[LetterCase](
    key="recall",
    label="Отозвать с согласования",
    url="reports:letter-recall",
    who=lambda case: case.files,
    ask=why_not.department("Отзывает методист или начальник отдела"),
    states=[REVIEW],
    otherwise={
        **OVER,
        DRAFT: "Письмо сейчас не на согласовании.",
        APPROVED: why_not.director_returns,
        PREPARING: why_not.signatory_returns,
        AWAITING: why_not.signatory_returns,
    },
    not_yet=why_not.is_given,
    # An approver who can return the letter need not recall it; a draft is at hand.
    on_page=lambda case: case.letter.status != DRAFT and not (case.letter.status == REVIEW and case.is_asked),
)
APPROVE = Act[LetterCase](
    key="approve",
    label="Согласовать",
    url="reports:letter-approve",
    who=lambda case: case.is_asked or case.filed_as_head,
    ask=why_not.not_asked,
    states=[REVIEW],
    otherwise={
        **OVER,
        DRAFT: why_not.author_first,
        APPROVED: "Письмо уже согласовано.",
        PREPARING: "Письмо уже согласовано.",
        AWAITING: "Письмо уже согласовано.",
    },
    not_you=why_not.filed_it,
    not_yet=why_not.not_the_turn,
    is_next=while_in(DRAFT, REVIEW),
    # Afterwards the page says who has approved.
    on_page=while_in(DRAFT, REVIEW),
)
AMEND = replace(
    APPROVE,
    key="amend",
    label="Исправить и согласовать",
    url="reports:letter-correct",
    is_next=never,
    on_page=while_in(REVIEW),
)
GIVE_BACK = Act[LetterCase](
    key="give_back",
    label="Вернуть исполнителю",
    url="reports:letter-give-back",
    who=lambda case: case.returns,
    ask=why_not.not_returning,
    states=[REVIEW, APPROVED, AWAITING],
    otherwise={**OVER, DRAFT: "Письмо и так у исполнителя.", PREPARING: why_not.pdf_first},
    not_yet=why_not.not_the_turn,
    on_page=lambda case: case.letter.status != DRAFT,
)
ASSIGN_NUMBER = Act[LetterCase](
    key="assign_number",
    label="К подписанию",
    url="reports:letter-register",
    who=lambda case: case.signs,
    ask=why_not.signatory,
    states=[APPROVED],
    otherwise={
        DRAFT: why_not.author_first,
        REVIEW: why_not.approval_first,
        **alike([PREPARING, AWAITING, SIGNED, SENT], why_not.is_numbered),
        ANNULLED: why_not.IS_ANNULLED,
    },
    not_yet=lambda case: case.number_waits,
    is_next=while_in(DRAFT, REVIEW, APPROVED),
    # Afterwards the page says the number.
    on_page=while_in(DRAFT, REVIEW, APPROVED),
)
DRAW_AGAIN = Act[LetterCase](
    key="draw_again",
    label="Приготовить ещё раз",
    url="reports:letter-draw-again",
    who=lambda case: case.signs or case.files,
    ask=why_not.department("PDF готовят ещё раз тот, кто подписывает, методист или начальник отдела"),
    states=[PREPARING],
    otherwise={
        **alike([DRAFT, REVIEW, APPROVED], "PDF готовится после «К подписанию»."),
        **alike([AWAITING, SIGNED, SENT], "PDF уже готов."),
        ANNULLED: why_not.IS_ANNULLED,
    },
    not_yet=why_not.is_drawing,
    on_page=lambda case: case.letter.is_stuck,
)
ANNUL = Act[LetterCase](
    key="annul",
    label="Аннулировать письмо",
    url="reports:letter-annul",
    who=lambda case: case.signs,
    ask=why_not.signatory,
    states=[DRAFT, REVIEW, APPROVED, PREPARING, AWAITING, SIGNED],
    otherwise={
        SENT: "Отправленное письмо не аннулируют: вместо него направляют новое, «Заменить письмом».",
        ANNULLED: why_not.IS_ANNULLED,
    },
    not_yet=why_not.never_filed,
)
REPLACE = Act[LetterCase](
    key="replace",
    label="Заменить письмом",
    url="reports:letter-replace",
    who=lambda case: case.files,
    ask=why_not.department("Заменяет письмо методист или начальник отдела"),
    states=[SENT],
    otherwise=alike([DRAFT, REVIEW, APPROVED, PREPARING, AWAITING, SIGNED, ANNULLED], replacements.NotSent.words),
    not_yet=why_not.is_replaced,
    on_page=while_in(SENT),
)
GIVE_UP = Act[LetterCase](
    key="give_up",
    label="Отказаться от замены",
    url="reports:letter-give-up",
    who=lambda case: case.files,
    ask=why_not.department("От замены отказывается методист или начальник отдела"),
    states=[DRAFT],
    otherwise=alike(LATER, replacements.WasFiled.words),
    not_yet=why_not.replaces_nothing,
    on_page=lambda case: case.is_begun_replacement,
)

TO_THE_NUMBER = [CORRECT_OUTCOME, CORRECT_LETTER, FILE, DISCARD, APPROVE, AMEND, ASSIGN_NUMBER, DRAW_AGAIN]
BACK = [RECALL, GIVE_BACK, ANNUL, GIVE_UP, REPLACE]
