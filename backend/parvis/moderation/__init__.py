"""Reports of what is said, and what moderators decide on them.

A member reports what he reads; all reports on one thing in one community make a case, which those decide who run the
community, or the organisation's moderators where they do not. What was said between some is theirs too, and of it they
read no more than a few messages around. It refuses to tell who reported to whom it was about, and to let anybody decide
on himself.
"""
