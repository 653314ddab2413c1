"""Certificates of those who were at an event: prepared by a methodist, released by the director in one act, checked by
anybody.

All numbers of a release are taken in the act, each with its row; a worker draws them afterwards in pieces, and whatever
it leaves another one takes up without a second number. Revoked ones stay, and their address says since when and why.
"""
