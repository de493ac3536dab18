"""Conversations: between two, of a group, or a channel of a community; messages numbered 1, 2, 3… without gaps.

It refuses to copy a message per reader: what is unread is counted from numbers, and only who is named gets a row. Who
takes part is named to all who do; who was taken out sees nothing from then on.
"""
