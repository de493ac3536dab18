"""What takes place when: events of posts by time, as a list, in calendar files, and as a feed that calendars follow.

It refuses to say of an event what its post would not: each answer starts from who may read that.
"""
