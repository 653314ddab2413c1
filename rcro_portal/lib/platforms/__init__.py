"""Lists of participants as platforms of webinars export them. Knows no app: it says of sheets who was there when.

From the bottom: ``moments`` reads days, times and durations; ``headings`` knows what platforms call their columns;
``rows`` takes a sheet apart; ``clocks`` settles order of days and zone by the event's own time; ``report`` gives
entries; ``presence`` counts minutes.
"""
