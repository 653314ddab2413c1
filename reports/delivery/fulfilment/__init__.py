"""What became of sent letters, centre by centre: delivered, opened, acknowledged, answered, accepted, overdue.

``board`` reads one letter's debtors, ``matrix`` the letters of a period beside each other, ``reminders`` writes to
those who are silent. Only ``reminders`` writes anything, through what the commitments themselves tell.
"""
