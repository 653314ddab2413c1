"""The demonstration's mail; ``reports.urls`` takes these addresses in."""

from django.urls import path

from reports.delivery.views import demo_mail

urlpatterns = [
    path("demo/mail/", demo_mail.mail_list, name="mail-list"),
    path("demo/mail/<str:name>/", demo_mail.mail_detail, name="mail-detail"),
    path("demo/mail/<str:name>/attachments/<int:number>/", demo_mail.mail_attachment, name="mail-attachment"),
]
