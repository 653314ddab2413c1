"""Invitations: a new one, and the page to which its link leads."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from centers import permissions, powers
from centers.accounts import invitations
from centers.accounts.forms import InviteForm, PasswordForm
from centers.models import Coordinator, Person, StaffPost, User
from rcro_portal.lib import errors
from rcro_portal.lib.post import PostError
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Register, answer
from rcro_portal.lib.text import whole_number

NOT_YOURS = "Приглашают администратор и методист сети."
ELSEWHERE = (
    "Либо вход у человека уже есть, либо его нет в списке «Люди»: внесите его там. "
    "Методист приглашает нынешних координаторов, остальных – администратор."
)
NOBODY = Empty("Приглашать некого", ELSEWHERE, narrowed=f"Проверьте, как написана фамилия. {ELSEWHERE}")


def invitation_new(request: HttpRequest, file: str = "") -> HttpResponse:
    """First whom, then to which address."""
    require(permissions.may_invite(request.user), NOT_YOURS)
    candidates = _candidates(request.user)
    if "person" in request.GET and not file:
        person = get_object_or_404(candidates, pk=whole_number(request.GET["person"]))
        return _address(request, person)
    table = Register(
        candidates,
        request.GET,
        url_name="centers:invitation-new",
        title="Люди без входа в портал",
        nouns=("человек", "человека", "человек"),
        columns=COLUMNS,
        default="person",
        empty=NOBODY,
        search="search_key",
        search_label="Фамилия, имя",
    )
    return answer(request, table, "centers/invitation_new.html", file)


def _posts(person: Any) -> str:
    """«координатор, Лицей; методист»."""
    coordinates = (f"координатор, {post.center.organization.short_name}" for post in person.coordinates_now)
    return "; ".join([*coordinates, *(post.title for post in person.posts_now)])


COLUMNS = (
    Column(
        "person",
        "Кто",
        "full_name",
        link=lambda person: f"?person={person.pk}",
        names_row=True,
        order="sort_key",
        width=40,
    ),
    Column("posts", "Должность", _posts, width=60),
)


def _candidates(user: User) -> QuerySet[Person]:
    """Those without an account whom this user may invite, with the posts that tell namesakes apart."""
    day = timezone.localdate()
    posts = Coordinator.objects.in_force_on(day)
    people_without = Person.objects.kept().filter(user__isnull=True)
    if "administrator" not in user.roles:
        # Whoever has or had a post, an authority or a deputy's term would bring it along with the account.
        reserved = powers.reserved_keys()
        people_without = people_without.filter(pk__in=posts.values("person")).exclude(pk__in=reserved)
    return people_without.prefetch_related(
        Prefetch("coordinated", posts.select_related("center__organization"), to_attr="coordinates_now"),
        Prefetch("posts", StaffPost.objects.in_force_on(day).select_related("department"), to_attr="posts_now"),
    )


def _address(request: HttpRequest, person: Person) -> HttpResponse:
    form = InviteForm(request.POST or None, initial={"email": person.email})
    status = errors.status_of(form)
    if request.method == "POST" and form.is_valid():
        try:
            key, email = form.take_key(), form.cleaned_data["email"]
            invitations.invite(person=person, email=email, by=request.user, at=timezone.now(), key=key)
        except invitations.AlreadyInPortal as refusal:
            form.add_error("email", str(refusal))
            status = 409
        except PostError as error:
            form.add_error(None, f"Письмо не ушло, попробуйте ещё раз позже. Ответ почты: {error}")
            status = 409
        else:
            messages.success(request, f"Приглашение отправлено на {email}.")
            return redirect("centers:invitation-list")
    return render(request, "centers/invitation_address.html", {"form": form, "person": person}, status=status)


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
def invitation_accept(request: HttpRequest, secret: str) -> HttpResponse:
    now = timezone.now()
    invitation = invitations.invitation_of(secret, now)
    form = PasswordForm(request.POST or None, user=User(email=invitation.email, person=invitation.person))
    if request.method == "POST" and form.is_valid():
        invitations.accept(secret=secret, password=form.cleaned_data["password1"], at=now)
        messages.success(request, f"Пароль задан. Войдите: почта {invitation.email} и этот пароль.")
        return redirect("account_login")
    context = {"form": form, "invitation": invitation}
    return render(request, "centers/invitation_accept.html", context, status=errors.status_of(form))
