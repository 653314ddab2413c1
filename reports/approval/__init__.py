"""Approvals: asked for by the narrowest route in force, given in their order, refused with remarks.

An approval belongs to one snapshot of the content; a new snapshot has none. ``approvers`` says whose approval is asked
and who may answer for whom that day, ``reasons`` the words for it, ``sheet`` draws «Лист согласования» round by round.
"""
