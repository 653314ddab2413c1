"""What platforms call their columns, and by which of them they are told apart."""

from collections.abc import Mapping, Sequence

from rcro_portal.lib.registers.importing.heads import spelled

# Of each field all headings, English and Russian; with a surname beside it «Имя» is a given name, else the whole one.
WORDS: Mapping[str, Sequence[str]] = {
    "name": (
        *("name (original name)", "user name (original name)", "имя (настоящее имя)", "имя (исходное имя)"),
        *("имя пользователя (настоящее имя)", "имя пользователя (исходное имя)", "имя (оригинальное имя)"),
        *("full name", "полное имя", "name", "display name", "participant", "participant name", "user name"),
        *("участник", "имя участника", "имя пользователя", "отображаемое имя", "фио", "ф.и.о.", "фио участника"),
        *("фамилия, имя, отчество", "фамилия имя отчество", "фамилия имя", "имя и фамилия", "имя, фамилия"),
        *("ваше фио", "ваши фио", "ваши фамилия, имя, отчество", "фамилия, имя, отчество (полностью)", "имя фамилия"),
        *("фамилия, имя", "слушатель", "ник", "никнейм", "полное имя участника", "фио полностью", "фио (полностью)"),
    ),
    "given_name": ("имя", "first name", "ваше имя"),
    "surname": ("фамилия", "last name", "surname", "ваша фамилия"),
    "patronymic": ("отчество", "middle name", "ваше отчество"),
    "email": (
        *("user email", "email", "e-mail", "email address", "электронная почта", "адрес электронной почты", "почта"),
        *("электронная почта пользователя", "эл. почта", "эл. адрес", "адрес эл. почты", "e-mail участника"),
        *("эл. почта пользователя", "электронный адрес", "почта пользователя", "ваша электронная почта"),
    ),
    "upn": (
        "participant id (upn)",
        "идентификатор участника (upn)",
        "имя участника-пользователя",
        "код участника (upn)",
    ),
    "join": (
        *("join time", "first join", "time joined", "joined", "join", "время входа", "время присоединения", "вход"),
        *("первое присоединение", "первый вход", "первое подключение", "время подключения", "подключился"),
        *("время захода", "дата и время входа", "зашел", "вошел", "присоединился", "начало участия", "пришел"),
        *("время первого присоединения", "время первого входа", "время первого подключения", "присоединение", "войти"),
    ),
    "leave": (
        *("leave time", "last leave", "time exited", "left", "время выхода", "выход", "последний выход", "покинул"),
        *("время отключения", "отключился", "дата и время выхода", "вышел", "конец участия", "ушел"),
        *("время последнего выхода", "последнее отключение", "время ухода", "последнее покидание"),
    ),
    "duration": (
        *("duration (minutes)", "total duration (minutes)", "in-meeting duration", "duration", "online time", "минут"),
        *("time in session (minutes)", "attendance duration", "продолжительность (минуты)", "длительность"),
        *("общая продолжительность (минуты)", "продолжительность (мин.)", "длительность собрания", "минуты"),
        *("длительность участия", "продолжительность", "длительность на собрании", "время на мероприятии"),
        *("время участия", "время присутствия", "продолжительность участия", "общее время", "время в сети"),
        *("длительность присутствия", "время просмотра", "время в эфире", "присутствовал (мин)", "время онлайн"),
        *("длительность участия в собрании", "время на вебинаре", "присутствие (мин)", "длительность (минуты)"),
    ),
    "role": ("role", "роль", "роль участника", "тип участника"),
    "moderator": ("moderator", "модератор"),
    "attended": ("attended", "участвовал", "присутствовал", "присутствовали"),
    "action": ("user action", "action", "действие пользователя", "действие"),
    "timestamp": ("timestamp", "отметка времени", "метка времени", "время"),
    "utc": ("utc event timestamp", "utceventtimestamp", "метка времени события utc"),
    "created": ("время создания", "created", "дата создания", "отметка времени формы"),
    # Known by name alone, so that a platform is told apart.
    "guest": ("guest", "гость", "is guest"),
    "consent": ("recording consent", "in waiting room", "согласие на запись", "в зале ожидания"),
    "score": ("activity score", "оценка активности", "показатель активности", "активность"),
    "talk": ("talk time", "время разговора", "время выступления", "время речи"),
    "percent": ("% присутствия", "процент присутствия", "присутствие, %", "присутствие", "подтверждений присутствия"),
    "city": ("город", "устройство", "браузер", "ip", "utm_source"),
    "id": ("id", "идентификатор"),
    "session": ("session id", "sessionid"),
}
_KNOWN = {spelled(word): field for field, words in WORDS.items() for word in words}
# A zone may stand behind a heading: «Время входа (МСК)», «Join Time (UTC)».
ZONES = ("мск", "msk", "utc", "gmt", "utc 3", "gmt 3", "utc 7", "gmt 7")


def field_of(heading: str) -> str:
    """The field that a heading names; nothing where it is not known."""
    key = spelled(heading)
    if key in _KNOWN:
        return _KNOWN[key]
    bare = next((key.removesuffix(f" {spelled(zone)}") for zone in ZONES if key.endswith(f" {spelled(zone)}")), "")
    return _KNOWN.get(bare, "")


def platform(fields: Sequence[str], texts: Sequence[str]) -> str:
    """Which platform makes a table of these columns."""
    found, keys = set(fields), {spelled(text) for text in texts}
    if "utc" in found or {"action", "timestamp"} <= found or "upn" in found:
        return "teams"
    if {"score", "talk"} & found:
        return "bigbluebutton"
    if any("original name" in text.lower() or "настоящее имя" in text or "исходное имя" in text for text in texts):
        return "zoom"
    if {"guest", "consent"} & found:
        return "zoom"
    if spelled("in-meeting duration") in keys or spelled("first join") in keys or "первое присоединение" in keys:
        return "teams"
    if {"surname", "given_name", "join", "leave"} <= found and spelled("time exited") in keys:
        return "meet"
    if "created" in found:
        return "yandex-form"
    return _by_what_is_left(found)


def _by_what_is_left(found: set[str]) -> str:
    """MTS Link says how long somebody was there, in what part of the whole, and from where."""
    if {"percent", "city"} & found and {"join", "duration"} & found:
        return "mts-link"
    if {"surname", "given_name", "join", "leave", "duration", "email"} <= found and "role" not in found:
        return "meet"
    return "table"
