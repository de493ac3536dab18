"""Graduating a cohort: one operation on all who study in it, with its preview, its reminder and its way back.

Nothing is lost: studies end on a day, the same member is one of the alumni from that day, and the account goes on. What
it did is kept beside, so that it happens once however often it is asked or cut, and can be undone until its day.
"""
