"""What members choose to be told of, by which way, how often; and until when of nothing.

It refuses to know what is told: it stands below all that tells, and answers who wants a kind of it.
"""
