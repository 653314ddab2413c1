#!/bin/sh
# vobject 0.9.9 beside icalendar 7.3.2: a calendar whose VTIMEZONE is Asia/Tomsk, made by icalendar.
#
# A good guess: any parser of RFC 5545 reads the offsets of a zone out of its VTIMEZONE, and writes the zone as it was read.
# Tomsk changed its clocks by two acts (26 October 2014 to +06, 29 May 2016 back to +07), so those days are further dates of an
# RDATE list (RFC 5545, 3.8.5.2), not a rule.
# Seen: vobject takes the first date of each RDATE and loses the others, without a word. An event of March 2015 is read at
# +07:00 where icalendar and ics 0.7.3 read +06:00; written again, the zone has neither 2014 nor 2016 in it.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip install -qq icalendar==7.3.2 vobject==0.9.9 ics==0.7.3

"$place/venv/bin/python" - <<'PYTHON'
import datetime
import re
import sys
from zoneinfo import ZoneInfo

import ics
import vobject
from icalendar import Calendar, Event

event = Event()
event.add("uid", "1@portal.example")
event.add("dtstamp", datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
event.add("dtstart", datetime.datetime(2015, 3, 2, 15, 0, tzinfo=ZoneInfo("Asia/Tomsk")))
event.add("summary", "Вебинар")
calendar = Calendar()
calendar.add("prodid", "-//portal.example//")
calendar.add("version", "2.0")
calendar.add_component(event)
calendar.add_missing_timezones()
text = calendar.to_ical().decode()


def dates(written: str) -> set[str]:
    """Years in which clocks change by what the zone says."""
    unfolded = re.sub(r"\r?\n[ \t]", "", written)
    return set(re.findall(r"(2014|2016)\d{4}T", "".join(re.findall(r"RDATE[^\r\n]*", unfolded))))


read = vobject.readOne(text)
seen = {
    "icalendar": str(Calendar.from_ical(text).walk("VEVENT")[0]["dtstart"].dt.utcoffset()),
    "ics": str(next(iter(ics.Calendar(text).events)).begin.utcoffset()),
    "vobject": str(read.vevent.dtstart.value.utcoffset()),
    "years written by icalendar": " ".join(sorted(dates(text))),
    "years written by vobject": " ".join(sorted(dates(read.serialize()))),
}
for name, value in seen.items():
    print(f"{name}: {value}")
expected = ["6:00:00", "6:00:00", "7:00:00", "2014 2016", ""]
sys.exit("This has changed: read the release notes of vobject." if list(seen.values()) != expected else 0)
PYTHON
