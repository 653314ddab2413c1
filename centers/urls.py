from django.urls import path

from centers.dictionaries import DEPARTMENTS, MUNICIPALITIES
from centers.organizations.kept import CENTERS, ORGANIZATIONS
from centers.people.kept import PEOPLE
from centers.views import (
    access,
    account_access,
    accounts,
    addresses,
    card,
    dictionaries,
    invitation_list,
    invitations,
    merging,
    organization,
    organizations,
    people_list,
    person_card,
    register,
    user_list,
)
from rcro_portal.lib import keeping
from rcro_portal.lib.registers import paths

app_name = "centers"
urlpatterns = [
    *paths("centers/", register.center_list, "center-list"),
    *keeping.urls(CENTERS),
    path("centers/<int:pk>/", card.center_detail, name="center-detail"),
    path("centers/<int:pk>/edit/", card.center_edit, name="center-edit"),
    *paths("organizations/", organizations.organization_list, "organization-list", bulk=True),
    path("organizations/cases/", organization.organization_cases, name="organization-cases"),
    *keeping.urls(ORGANIZATIONS),
    path("organizations/<int:pk>/", organization.organization_detail, name="organization-detail"),
    path("access/", access.access, name="access"),
    path("access/sessions/end/", access.session_end_others, name="session-end-others"),
    path("access/sessions/<slug:handle>/end/", access.session_end, name="session-end"),
    *paths("people/", people_list.people_list, "people-list", bulk=True),
    path("dictionaries/", dictionaries.index, name="dictionaries"),
    *paths("dictionaries/departments/", dictionaries.department_list, "department-list"),
    *keeping.urls(DEPARTMENTS),
    path("dictionaries/departments/<int:pk>/", dictionaries.department_detail, name="department-detail"),
    *paths("dictionaries/municipalities/", dictionaries.municipality_list, "municipality-list"),
    *keeping.urls(MUNICIPALITIES),
    path("dictionaries/municipalities/<int:pk>/", dictionaries.municipality_detail, name="municipality-detail"),
    *paths("dictionaries/users/", user_list.user_list, "user-list"),
    path("people/doubles/", merging.doubles_list, name="doubles"),
    path("people/doubles/<int:pk>/forget/", merging.forget_apart, name="apart-forget"),
    *keeping.urls(PEOPLE),
    path("people/<int:pk>/", person_card.person_detail, name="person-detail"),
    path("people/<int:pk>/merge/", merging.pick, name="person-merge-pick"),
    path("people/<int:pk>/merge/<int:other>/", merging.merge, name="person-merge"),
    path("people/<int:pk>/apart/<int:other>/", merging.tell_apart, name="person-apart"),
    path("merges/<int:pk>/undo/", merging.undo, name="merge-undo"),
    path("people/<int:pk>/account/", accounts.show, name="account"),
    path("people/<int:pk>/account/end-sessions/", accounts.end_sessions, name="account-end-sessions"),
    path("people/<int:pk>/account/reset-factor/", accounts.reset_factor, name="account-reset-factor"),
    path("people/<int:pk>/account/address/", accounts.address, name="account-address"),
    path("people/<int:pk>/account/address/stop/", accounts.address_stop, name="account-address-stop"),
    path("people/<int:pk>/account/close/", account_access.close, name="account-close"),
    path("people/<int:pk>/account/reopen/", account_access.reopen, name="account-reopen"),
    path("people/<int:pk>/account/administrator/", account_access.make_administrator, name="administrator-make"),
    path("people/<int:pk>/account/administrator/end/", account_access.end_administrator, name="administrator-unmake"),
    path("address/<slug:secret>/confirm/", addresses.confirm, name="address-confirm"),
    *paths("invitations/", invitation_list.invitation_list, "invitation-list"),
    *paths("invitations/new/", invitations.invitation_new, "invitation-new"),
    path("invitations/<slug:secret>/accept/", invitations.invitation_accept, name="invitation-accept"),
]
