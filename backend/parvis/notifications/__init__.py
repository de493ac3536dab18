"""What members are told concerns them: who named, answered, invited or accepted them, one row for each subject.

It refuses to keep what was said: it points at it, and who may no longer see that is told of it no more, in lists and
counts alike.
"""
