"""Messages: what became of them, the doors for their readers, bounces; ``reports.urls`` takes these addresses in."""

from django.urls import path

from reports.delivery import urls_demo_mail
from reports.delivery.views import bounces, message, recipients

urlpatterns = [
    path("letters/<int:pk>/recipients/", recipients.letter_recipients, name="letter-recipients"),
    path("letters/<int:pk>/recipients/send-again/", recipients.letter_send_again, name="letter-send-again"),
    path("recipients/<int:pk>/send-again/", recipients.recipient_send_again, name="recipient-send-again"),
    path("recipients/<int:pk>/keep-address/", recipients.recipient_keep_address, name="recipient-keep-address"),
    path("recipients/<int:pk>/settle/", recipients.recipient_settle, name="recipient-settle"),
    path("recipients/<int:pk>/acknowledge/", recipients.recipient_acknowledge, name="recipient-acknowledge"),
    path("m/<slug:token>/", message.message_open, name="message-open"),
    path("m/<slug:token>/pages/<slug:digest>/<int:number>/", message.message_page, name="message-page"),
    path("m/<slug:token>/files/<int:pk>/", message.message_file, name="message-file"),
    path("m/<slug:token>/appendices/<int:pk>/", message.message_appendix, name="message-appendix"),
    path("m/<slug:token>/acknowledge/", message.message_acknowledge, name="message-acknowledge"),
    path("mail/bounces/", bounces.mail_bounces, name="mail-bounces"),
    *urls_demo_mail.urlpatterns,
]
