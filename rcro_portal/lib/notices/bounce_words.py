"""What mail servers say of a message that did not arrive, in words that tell what to do.

Their codes are those of RFC 3463; many say 5.0.0, or nothing but a number, and mean what stands in their words.
"""

import re

from rcro_portal.lib import post

MEND = "Исправить адрес и отправить ещё раз."
# By the subject and detail of RFC 3463, the longest beginning first.
WORDS = (
    (r"[45]\.2\.2", "Не доставлено: ящик получателя переполнен. Отправить ещё раз, когда в нём освободят место."),
    (r"5\.2\.3|5\.3\.4", "Не доставлено: письмо слишком велико для ящика получателя. Передать ссылку на него."),
    (r"5\.2\.1", f"Не доставлено: ящик получателя отключён. {MEND}"),
    (r"5\.1\.[78]", "Не доставлено: почтовый сервер не принимает писем портала. Обратиться к администратору."),
    (r"[45]\.4\.4|5\.1\.2", f"Не доставлено: такого почтового домена нет (часть адреса после @). {MEND}"),
    (r"5\.1\.", f"Не доставлено: адрес не существует. {MEND}"),
    (r"5\.4\.", "Не доставлено: сервер получателя недоступен. Отправить ещё раз позже или позвонить получателю."),
    (r"5\.7\.", "Не доставлено: сервер получателя отклонил письмо по своим правилам. Позвонить получателю."),
    (r"4\.", f"Не доставлено: сервер получателя так и не принял письмо. Проверить адрес. {MEND}"),
)
OTHERWISE = f"Не доставлено: сервер получателя вернул письмо. {MEND}"
FORWARDED = "Адрес получателя пересылает письма дальше, по другим адресам письмо могло прийти. "
STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
# What servers write beside a code that says nothing.
MEANT = (
    (r"quota|mailbox (is )?full|(mailbox|inbox|storage) .{0,30}(full|exceeded)|переполнен", "5.2.2"),
    (r"relay", "5.1.8"),
    (r"(host|domain)( or domain)?( name)? (is )?(not found|unknown)|no such (host|domain)|not known", "5.4.4"),
    (r"(account|mailbox|user|recipient) .{0,30}(disabled|inactive|suspended|deactivated)", "5.2.1"),
    (r"(unknown|no such|invalid) (local |virtual )?(user|recipient|mailbox|address|person|account)", "5.1.1"),
    (r"(user|recipient|mailbox|address|account) .{0,40}(unknown|not found|not exist|doesn't exist)", "5.1.1"),
    (r"unrouteable|unroutable", "5.1.1"),
    (r"too (large|big)|size limit|exceeds .{0,30}size", "5.3.4"),
    (r"spam|virus|policy|blacklist|blocked|block list", "5.7.1"),
)
READ_AT_MOST = 4000


def said(status: str, *, forwarded: bool = False) -> str:
    """What the code of RFC 3463 means, and what to do; the stranger's own words are never shown.

    ``forwarded``: another address refused than the one that was written to.
    """
    words = _words(status)
    return (FORWARDED if forwarded else "") + (f"{words} (Код {status}.)" if status else words)


def _words(status: str) -> str:
    return next((words for code, words in WORDS if re.match(code, status)), OTHERWISE)


def meant(*texts: str) -> str:
    """The code that says most: one in the words that is no «5.0.0», else what the words mean, else any, else nothing.

    Earlier texts go before later ones.
    """
    told = " ".join(texts)[:READ_AT_MOST].lower()
    found = STATUS.findall(told)
    code = next((code for code in found if not code.endswith(".0.0")), "")
    given_up = bool(found) and found[0].startswith("4")
    by_words = next((code for words, code in MEANT if re.search(words, told)), "")
    return code or ("" if given_up else by_words) or (found[0] if found else "")


def refusal(error: post.Rejected) -> str:
    """What our own mail server answered at once, with its own words for the administrator."""
    reply = str(error)
    code = "5.3.4" if isinstance(error, post.TooLarge) else meant(reply.partition(" ")[2])
    code = code or _by_number(reply[:3], at_recipient=error.at_recipient)
    return f"{_words(code)} Ответ сервера: {reply[:300]}"


def _by_number(number: str, *, at_recipient: bool) -> str:
    """What a reply of SMTP means where it stands (RFC 5321, 4.3.2), without any other word."""
    if number == "552":
        return "5.2.2" if at_recipient else "5.3.4"
    return "5.1.1" if at_recipient and number in {"550", "551", "553"} else "5.7.1"
