from django.urls import path

from centers.views import card, invitations, register

app_name = "centers"
urlpatterns = [
    path("centers/", register.center_list, name="center-list"),
    path("centers/<int:pk>/", card.center_detail, name="center-detail"),
    path("centers/<int:pk>/edit/", card.center_edit, name="center-edit"),
    path("invitations/", invitations.invitation_list, name="invitation-list"),
    path("invitations/new/", invitations.invitation_new, name="invitation-new"),
    path("invitations/<str:secret>/accept/", invitations.invitation_accept, name="invitation-accept"),
]
