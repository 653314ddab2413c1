"""Those who log in, and how they are invited."""

import datetime
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.functional import cached_property

from centers.models.person import Person
from rcro_portal.lib import prepared, reading
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.models import Notice

# Of a larger one Django knows that it is no key; the database would be at fault.
KEYS = 2**63


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> models.QuerySet["User"]:
        """With the person: no page asks for one without the other."""
        return super().get_queryset().select_related("person")

    def get(self, *args: Any, **kwargs: Any) -> "User":
        """By the key alone, as every request asks for whoever has logged in, in words that are put together once.

        A manager of some users only, as Django makes of this class for relations, asks among those.
        """
        key = kwargs.get("pk")
        if type(self) is not UserManager or args or len(kwargs) != 1 or type(key) is not int or abs(key) >= KEYS:
            return super().get(*args, **kwargs)
        if found := _by_key(key):
            return found[0]
        raise self.model.DoesNotExist(f"no user {key}")

    def create_user(self, email: str, person: Person, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), person=person, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who logs in by e-mail. Roles follow from dated posts; only the administrator is a mark of its own."""

    email = models.EmailField("электронная почта", unique=True)
    person = models.OneToOneField(Person, verbose_name="кто", on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField("может входить", default=True)
    is_administrator = models.BooleanField("администратор", default=False)
    joined_at = models.DateTimeField("в портале с", default=timezone.now)
    reading = models.CharField("вид страниц", max_length=reading.LETTERS, blank=True, default="", editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    recorded = Recorded(
        personal=("email",),
        without=("password", "last_login", "reading"),
        name=("person__surname", "person__given_name", "person__patronymic"),
    )
    objects = UserManager()

    class Meta:
        verbose_name = "пользователь"
        verbose_name_plural = "пользователи"

    def __str__(self) -> str:
        return self.person.surname_first

    def roles_on(self, day: datetime.date) -> frozenset[str]:
        """The roles of ``permissions`` that the person's posts give on that day (one query)."""
        roles = {duty for duty, _ in self.held_on(day)}
        if self.is_administrator:
            roles.add("administrator")
        return frozenset(roles)

    def departments_on(self, day: datetime.date, *duties: str) -> list[int]:
        """Keys of the departments in which the person holds a post that day, of one of the duties if any are named."""
        held = self.held_on(day)
        return sorted({department for duty, department in held if department and (not duties or duty in duties)})

    def held_on(self, day: datetime.date) -> frozenset[tuple[str, int]]:
        """Duty and department (0 for a centre's coordinator) of each post that day; read once of this object."""
        if day not in self._held:
            self._held[day] = frozenset(_posts_on(self.person_id, day))
        return self._held[day]

    @cached_property
    def _held(self) -> dict[datetime.date, frozenset[tuple[str, int]]]:
        return {}

    @cached_property
    def roles(self) -> frozenset[str]:
        """Today's roles, read once per request."""
        return self.roles_on(timezone.localdate())

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this: dictionaries belong to the administrator."""
        return self.is_administrator

    def has_perm(self, perm: str, obj: Any = None) -> bool:  # noqa: ARG002
        return self.is_active and self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:  # noqa: ARG002
        return self.is_active and self.is_administrator


def _posts(person: int, day: datetime.date) -> Any:
    whose = Person(pk=person)
    posts = whose.posts.in_force_on(day).values_list("duty", "department")
    return posts.union(whose.coordinated.in_force_on(day).values_list(Value("coordinator"), Value(0)))


_by_key = prepared.Prepared(lambda key: User.objects.filter(pk=key), -1)
_posts_on = prepared.Prepared(_posts, -1, datetime.date(1111, 11, 11))


class InvitationQuerySet(models.QuerySet):
    def pending(self, now: datetime.datetime) -> Self:
        return self.filter(accepted_at__isnull=True, expires_at__gt=now)

    def expired(self, now: datetime.datetime) -> Self:
        return self.filter(accepted_at__isnull=True, expires_at__lte=now)

    def doubtful(self, now: datetime.datetime) -> Self:
        """Still good, but not known to have arrived."""
        return self.pending(now).filter(notice__in=Notice.objects.doubtful())

    def accepted(self) -> Self:
        return self.filter(accepted_at__isnull=False)

    def visible_to(self, user: User) -> Self:
        """A methodist sees those of coordinators, present and past."""
        if "administrator" in user.roles:
            return self.all()
        return self.filter(person__in=Person.objects.filter(coordinated__isnull=False))


class Invitation(models.Model):
    """A letter with a link by which a person makes an account; the link's secret is kept only as its digest."""

    person = models.ForeignKey(Person, verbose_name="кого", on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField("на какой адрес")
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="кем")
    invited_at = models.DateTimeField("когда")
    expires_at = models.DateTimeField("действует до")
    accepted_at = models.DateTimeField("принято", null=True)
    makes_administrator = models.BooleanField("администратор", default=False, editable=False)
    notice = models.OneToOneField(
        Notice, verbose_name="сообщение", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    recorded = Recorded(personal=("email",), without=("secret_digest", "notice"), part_of="person")
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_after_it_is_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.surname_first}, {self.email}"
