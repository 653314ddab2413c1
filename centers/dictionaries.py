"""The institution's own dictionaries, which give rights: departments and posts; and the region's municipalities."""

from typing import Any

from centers import permissions
from centers.models import Department, Municipality, StaffPost
from centers.organizations.kept import term
from rcro_portal.lib.keeping import Keeper, Noun, Part
from rcro_portal.lib.keeping.forms import KeptForm

NOT_YOURS = "Справочники, должности института и пользователей ведёт администратор."


def may(user: Any, row: Any) -> str:  # noqa: ARG001
    return "" if permissions.may_keep_accounts(user) else NOT_YOURS


class DepartmentForm(KeptForm):
    class Meta:
        model = Department
        fields = ("name", "name_genitive", "name_instrumental")


class MunicipalityForm(KeptForm):
    class Meta:
        model = Municipality
        fields = ("name", "name_genitive", "name_prepositional", "kind", "admin_center", "code")
        help_texts = {"code": "Латинские буквы, цифры и дефис: по нему район узнаёт карта области."}


class StaffPostForm(KeptForm):
    class Meta:
        model = StaffPost
        fields = ("department", "duty", "title", "since", "until")
        help_texts = {"duty": "Даёт права в портале с первого дня должности по последний."}


STAFF_POSTS = Part(
    model=StaffPost,
    form=StaffPostForm,
    noun=Noun("Должность в институте", "Новая должность в институте", "должность в институте"),
    name="staff-post",
    route="posts/",
    owner="person",
    title="Должность в институте",
    empty="Должности в институте нет.",
    line=lambda post: post.title,
    note=lambda post: f"{post.department.name}, {post.get_duty_display()}, {term(post)}",
    ends=True,
    rows=lambda rows: rows.select_related("department"),
    may=may,
)
DEPARTMENTS = Keeper(
    model=Department,
    form=DepartmentForm,
    noun=Noun("Отдел", "Новый отдел", "отдел"),
    app="centers",
    name="department",
    route="dictionaries/departments/",
    seen=lambda user, day: Department.objects.all(),  # noqa: ARG005
    may=may,
    deletes=True,
)
MUNICIPALITIES = Keeper(
    model=Municipality,
    form=MunicipalityForm,
    noun=Noun("Муниципалитет", "Новый муниципалитет", "муниципалитет"),
    app="centers",
    name="municipality",
    route="dictionaries/municipalities/",
    seen=lambda user, day: Municipality.objects.all(),  # noqa: ARG005
    may=may,
    deletes=True,
)
