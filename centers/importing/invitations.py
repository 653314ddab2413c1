"""Invitations many at once: the kind ``invitations`` of imports. Whom a page would not invite, no file does."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from centers.accounts import invitations
from centers.importing.cells import Email, Line
from centers.importing.people import NO_FULL_NAME, OfPeople
from centers.models import Coordinator, Invitation, Organization, Person, User
from rcro_portal.lib import russian
from rcro_portal.lib.keeping.imports import RecordsForm
from rcro_portal.lib.registers.importing import contacts
from rcro_portal.lib.registers.importing.columns import Column
from rcro_portal.lib.registers.importing.finding import Ways
from rcro_portal.lib.registers.importing.kinds import Fault, Judgement, Read, Written

KNOWN = Ways(without="Никого не приглашать этой строкой", nobody="такого человека среди людей портала нет.")
PLACES = Ways(without="Не смотреть на организацию", nobody="такой организации в портале нет.")
RESERVED = "У этого человека должность в институте или право подписи: приглашает его администратор."
NO_COORDINATOR = "Методист приглашает нынешних координаторов, а этот человек сегодня центра не ведёт."
OTHER_CENTER = "Этот человек ведёт другой центр: «{}»."
NO_EMAIL = "Нет адреса: впишите, куда отправить приглашение."
TAKEN = "С этим адресом входит другой человек."
TWICE = "Этот человек или адрес есть в файле ещё раз, в строке {}."
INVITED = ("приглашение", "приглашения", "приглашений")

COLUMNS = (
    Column(
        "full_name", "ФИО", ("фамилия, имя, отчество", "координатор", "кого", "сотрудник", "человек"), required=True
    ),
    Column("email", "Электронная почта", ("почта", "e-mail", "email", "адрес", "адрес электронной почты")),
    Column("organization", "РВЦИ", ("центр", "организация", "место работы", "школа", "учреждение")),
)


class InvitationRowForm(RecordsForm):
    """``person`` is whom the row invites; nobody where an answer leaves the row out."""

    full_name = Line(limit=400, between="\n")
    email = Email()
    organization = Line(limit=300)
    person: Person | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name = contacts.parts(" ".join(cleaned.get("full_name", "").split()))
        if name is None:
            self.add_error("full_name", NO_FULL_NAME)
            return cleaned
        try:
            self.person = self.kind.person(name, ways=KNOWN)
            place = self._place(cleaned)
        except ValidationError as doubt:
            self.add_error("full_name", doubt)
            return cleaned
        if self.person and not self.kind.comes_in(self.person):
            self._judge(self.person, place, cleaned)
        return cleaned

    def _place(self, cleaned: Mapping[str, Any]) -> Organization | None:
        named = cleaned.get("organization")
        found: Organization | None = self.kind.organization(named, ways=PLACES) if named else None
        return found

    def _judge(self, person: Person, place: Organization | None, cleaned: dict[str, Any]) -> None:
        if words := self.kind.may_not(person, place):
            self.add_error("full_name", words)
        cleaned["email"] = cleaned.get("email") or person.email
        if not cleaned["email"]:
            self.add_error("email" if "email" in self.data else "full_name", NO_EMAIL)
        elif cleaned["email"] in self.kind.addresses:
            self.add_error("email" if "email" in self.data else "full_name", TAKEN)


class InvitationsKind(OfPeople):
    key, title, columns = "invitations", "Пригласить по списку", COLUMNS
    listed, list_name = "centers:invitation-list", "Приглашения"
    not_kept = ("№", "№ п/п", "Должность", "Телефон")
    tables, row_form = (Invitation,), InvitationRowForm
    not_you = "Приглашают администратор и методист сети."
    undo_words = "Приглашения, которые ещё не приняты, перестанут действовать; письма, которые ушли, уже не вернуть."

    # -- What a row asks ----------------------------------------------------------------------------------------------

    @cached_property
    def addresses(self) -> frozenset[str]:
        return frozenset(User.objects.values_list("email", flat=True))

    @cached_property
    def _accounts(self) -> frozenset[int]:
        return frozenset(User.objects.values_list("person", flat=True))

    @cached_property
    def _invited(self) -> frozenset[int]:
        return frozenset(Invitation.objects.pending(self.at).values_list("person", flat=True))

    @cached_property
    def _coordinated(self) -> dict[int, Coordinator]:
        posts = Coordinator.objects.in_force_on(self.today).select_related("center__organization")
        return {post.person_id: post for post in posts.order_by("since", "pk")}

    def comes_in(self, person: Person) -> bool:
        """There is an account, or an invitation waits: nothing is to be done."""
        return person.pk in self._accounts or person.pk in self._invited

    def may_not(self, person: Person, place: Organization | None) -> str:
        """Why this person is not invited by this user, as on the page of invitations."""
        post = self._coordinated.get(person.pk)
        if post and place and post.center.organization_id != place.pk:
            return OTHER_CENTER.format(post.center)
        if self.by and "administrator" in self.by.roles:
            return ""
        if self.is_reserved(person):
            return RESERVED
        return "" if post else NO_COORDINATOR

    # -- All of them --------------------------------------------------------------------------------------------------

    def items(self, form: Any) -> Iterator[Any]:
        yield {"person": form.person, "email": form.cleaned_data.get("email", "")}

    @classmethod
    def changes(cls, what: Any) -> list[tuple[str, str, str]]:
        return [("Приглашение", "", f"{what['person'].full_name}, {what['email']}")]

    def compare(self, read: Sequence[Read], judgement: Judgement) -> None:
        met: dict[Any, int] = {}
        for one in read:
            person, email = one.what["person"], one.what["email"]
            if person is None or self.comes_in(person):
                judgement.same.append(one.row)
            elif before := met.get(person.pk) or met.get(email):
                judgement.faults.append(Fault(one.row, self.heading("full_name"), TWICE.format(before), "full_name"))
            else:
                met[person.pk] = met[email] = one.row
                judgement.new.append(one)

    def write(self, judgement: Judgement) -> list[Written]:
        """Each is a row with its message, which a worker mails."""
        return [self._invite(one) for one in judgement.new]

    def _invite(self, one: Read) -> Written:
        person, email = one.what["person"], one.what["email"]
        made = invitations.prepare(person=person, email=email, by=self.by, at=self.at, here=False)
        return Written(one.row, made.pk, None, {"email": made.email}, Invitation._meta.db_table)

    def undo(self, written: Sequence[Written]) -> str:
        """An account that was made of one stays: it is closed on the page of users."""
        rows = Invitation.objects.filter(pk__in=[one.pk for one in written]).select_related("person")
        waiting = list(rows.pending(self.at))
        for invitation in waiting:
            invitations.withdraw(person=invitation.person, because="Загрузка приглашений отменена.", at=self.at)
        accepted = rows.accepted().count()
        told = f"Отозвано: {russian.agree(len(waiting), *INVITED)}."
        return f"{told} Приняты и остаются: {accepted}." if accepted else told
