"""The region and the years as tables and charts: counts by the same rows as lists and figures, written nowhere; and
what is drawn of a centre when it is asked for, its passport and the paper of its technical assignment.
"""
