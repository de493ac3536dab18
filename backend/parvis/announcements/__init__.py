"""Announcements: what those in charge of communication tell the organisation, an audience or communities, and how far
it was read.

It refuses to tell anybody more in a week than the organisation decided, unless it is essential; to say who read what he
was not asked to acknowledge; and to show figures of a group that is too small.
"""
