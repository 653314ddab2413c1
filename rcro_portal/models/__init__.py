from rcro_portal.models.mail_fault import MailFault

__all__ = [
    "MailFault",
]
