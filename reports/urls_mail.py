"""The demonstration's mail; ``reports.urls`` takes these addresses in."""

from django.urls import path

from reports.views import mail

urlpatterns = [
    path("demo/mail/", mail.mail_list, name="mail-list"),
    path("demo/mail/<str:name>/", mail.mail_detail, name="mail-detail"),
    path("demo/mail/<str:name>/attachments/<int:number>/", mail.mail_attachment, name="mail-attachment"),
]
