from django.urls import path

from centers.kept import CENTERS, ORGANIZATIONS
from centers.views import (
    access,
    accounts,
    addresses,
    card,
    invitation_list,
    invitations,
    organization,
    organizations,
    register,
)
from rcro_portal.lib import keeping
from rcro_portal.lib.registers import paths

app_name = "centers"
urlpatterns = [
    *paths("centers/", register.center_list, "center-list"),
    *keeping.urls(CENTERS),
    path("centers/<int:pk>/", card.center_detail, name="center-detail"),
    path("centers/<int:pk>/edit/", card.center_edit, name="center-edit"),
    *paths("organizations/", organizations.organization_list, "organization-list"),
    *keeping.urls(ORGANIZATIONS),
    path("organizations/<int:pk>/", organization.organization_detail, name="organization-detail"),
    path("access/", access.access, name="access"),
    path("access/sessions/end/", access.session_end_others, name="session-end-others"),
    path("access/sessions/<slug:handle>/end/", access.session_end, name="session-end"),
    path("people/<int:pk>/account/", accounts.show, name="account"),
    path("people/<int:pk>/account/end-sessions/", accounts.end_sessions, name="account-end-sessions"),
    path("people/<int:pk>/account/reset-factor/", accounts.reset_factor, name="account-reset-factor"),
    path("people/<int:pk>/account/address/", accounts.address, name="account-address"),
    path("people/<int:pk>/account/address/stop/", accounts.address_stop, name="account-address-stop"),
    path("address/<slug:secret>/confirm/", addresses.confirm, name="address-confirm"),
    *paths("invitations/", invitation_list.invitation_list, "invitation-list"),
    *paths("invitations/new/", invitations.invitation_new, "invitation-new"),
    path("invitations/<slug:secret>/accept/", invitations.invitation_accept, name="invitation-accept"),
]
