"""Lists of participants in the shapes in which platforms export them; everybody in them is invented."""

from collections.abc import Iterable

# The webinar of these lists: 18 September 2020, 15:00–16:30 in Tomsk.
ZOOM = """\
Идентификатор конференции,Тема,Время начала,Время завершения,Электронная почта,Продолжительность (минуты),Участники
83012345678,Открытая лаборатория,18.09.2020 02:55 PM,18.09.2020 04:35 PM,lapteva@house.example,100,6

Имя (настоящее имя),Электронная почта пользователя,Время входа,Время выхода,Продолжительность (минуты),Гость
Вера Лаптева (Организатор),lapteva@house.example,18.09.2020 02:55 PM,18.09.2020 04:35 PM,100,Нет
"Зимина, Алла",,18.09.2020 03:00 PM,18.09.2020 03:40 PM,40,Да
iPhone (Зимина Алла Романовна),,18.09.2020 03:30 PM,18.09.2020 04:10 PM,40,Да
Raisa Ilyina,ilina@kedr.example,18.09.2020 03:05 PM,18.09.2020 03:20 PM,15,Да
Тихонова Ольга,,18.09.2020 03:00 PM,18.09.2020 04:30 PM,90,Да
Лицей 5,,18.09.2020 03:00 PM,18.09.2020 04:30 PM,90,Да
"""
ZOOM_MONTH_FIRST = """\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Ильина Р.Е.,,10/04/2020 03:00:08 PM,10/04/2020 04:31:08 PM,91,Yes
Alla Zimina,,10/04/2020 03:21:08 PM,10/04/2020 04:31:08 PM,70,Yes
"""
TEAMS = """\
1. Summary
Meeting title\tОткрытая лаборатория
Attended participants\t3
Start time\t9/18/20, 2:55:11 PM
End time\t9/18/20, 4:31:02 PM
Meeting duration\t1h 35m 51s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Лаптева Вера\t9/18/20, 2:55:11 PM\t9/18/20, 4:31:02 PM\t1h 35m 51s\tlapteva@house.example\tlapteva\tOrganizer
Зимина Алла (Гость)\t9/18/20, 3:00:00 PM\t9/18/20, 4:30:00 PM\t1h 10m\t\t\tAttendee
Ильина Раиса Егоровна\t9/18/20, 3:10:00 PM\t9/18/20, 4:30:00 PM\t1h 20m 10s\tilina@kedr.example\tilina\tPresenter

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Зимина Алла (Гость)\t9/18/20, 3:00:00 PM\t9/18/20, 3:50:00 PM\t50m\t\tAttendee
Зимина Алла (Гость)\t9/18/20, 4:10:00 PM\t9/18/20, 4:30:00 PM\t20m\t\tAttendee
Ильина Раиса Егоровна\t9/18/20, 3:10:00 PM\t9/18/20, 4:30:10 PM\t1h 20m 10s\tilina@kedr.example\tPresenter
"""
TEAMS_CLASSIC = """\
Full Name\tUser Action\tTimestamp
Зимина Алла\tJoined\t9/18/2020, 3:00:00 PM
Ильина Раиса\tJoined\t9/18/2020, 3:10:00 PM
Зимина Алла\tLeft\t9/18/2020, 3:40:00 PM
Зимина Алла\tJoined\t9/18/2020, 3:50:00 PM
Зимина Алла\tLeft\t9/18/2020, 4:20:00 PM
"""
TEAMS_LIVE = """\
Session Id,Participant Id,Full Name,User Agent,UTC Event Timestamp,Action,Role
s1,p1,Zimina Alla,Mozilla,2020-09-18 08:00:00,Joined,Attendee
s1,p1,Zimina Alla,Mozilla,2020-09-18 09:15:00,Left,Attendee
s2,p2,,Mozilla,2020-09-18 08:00:00,Joined,Attendee
"""
MEET = """\
First name,Last name,Email,Duration,Time joined,Time exited
Алла,Зимина,zimina@istok.example,1 hr 12 min,3:01 PM,4:29 PM
Раиса,Ильина,,45 min,3:05 PM,3:50 PM
"""
BIGBLUEBUTTON = """\
Name,Moderator,Activity Score,Talk Time,Webcam Time,Messages,Reactions,Poll Votes,Raise Hands,Join,Left,Duration
"Лаптева Вера","TRUE","0","00:40:00","-","3","0","0","0","18.09.2020, 14:55:00","18.09.2020, 16:31:00","01:36:00"
"Зимина Алла Романовна","FALSE","4","-","-","1","0","0","0","18.09.2020, 15:00:00","18.09.2020, 16:30:00","01:05:00"
"Anonymous","","","","","","","","","","",""
"""
MTS_LINK = [
    ["Имя", "Фамилия", "E-mail", "Роль", "Время входа", "Время выхода", "Время на мероприятии", "% присутствия"],
    ["Алла", "Зимина", "", "Участник", "18.09.2020 11:02:00", "18.09.2020 12:29:00", "01:25:00", "94"],
    ["Раиса Егоровна", "Ильина", "", "Участник", "18.09.2020 11:00:00", "18.09.2020 11:30:00", "00:30:00", "33"],
    ["Вера", "Лаптева", "lapteva@house.example", "Организатор", "18.09.2020 10:50", "18.09.2020 12:31", "26:30", ""],
]
YANDEX_FORM = [
    ["ID", "Время создания", "Ваши фамилия, имя, отчество", "Организация", "Ваша электронная почта"],
    ["1", "2020-09-18 15:31:02", "Зимина Алла Романовна", "Лицей «Исток»", "ZIMINA@istok.example"],
    ["2", "2020-09-18 15:40:12", "Котова Д И", "Лицей «Обь»", ""],
    ["3", "2020-09-18 15:41:12", "зимина алла романовна", "Лицей «Исток»", ""],
]


def utf16(text: str) -> bytes:
    """As Teams writes it."""
    return text.replace("\n", "\r\n").encode("utf-16")


def table(rows: Iterable[Iterable[str]]) -> bytes:
    return "\n".join(";".join(cells) for cells in rows).encode("utf-8-sig")
