"""The part of the table of rights that speaks of the portal's mails and of calendars."""

TABLE = """
                                                     strg own  othr past meth met2 head hea2 clrk dirc admn
LIST centers:mail-list               -               302  200  200  200  200  200  200  200  200  200  200
GET  centers:mail-choice             -               302  200  200  200  200  200  200  200  200  200  200
POST centers:mail-choice             -               302  302  302  302  302  302  302  302  302  302  302
GET  centers:mail-stop               stop            200  200  200  200  200  200  200  200  200  200  200
POST centers:mail-stop               stop            200  200  200  200  200  200  200  200  200  200  200
GET  centers:mail-stop               stop.guess      404  404  404  404  404  404  404  404  404  404  404
POST centers:mail-stop               stop.guess      404  404  404  404  404  404  404  404  404  404  404
GET  centers:reading                 -               200  200  200  200  200  200  200  200  200  200  200
POST centers:reading                 -               302  302  302  302  302  302  302  302  302  302  302
POST centers:eyes-begin              coordinator     302  403  403  403  302  302  403  403  403  403  302
POST centers:eyes-end                -               302  302  302  302  302  302  302  302  302  302  302
GET  events:calendar-feed            -               302  200  200  200  200  200  200  200  200  200  200
POST events:calendar-feed            -               302  200  200  200  200  200  200  200  200  200  200
POST events:calendar-forget          -               302  302  302  302  302  302  302  302  302  302  302
GET  events:calendar-read            calendar        200  200  200  200  200  200  200  200  200  200  200
GET  events:calendar-read            calendar.former 404  404  404  404  404  404  404  404  404  404  404
"""
