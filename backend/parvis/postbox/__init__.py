"""What comes back from mails: links by which their readers answer without signing in, answers by mail, and reports of
what could not be delivered.

A link acts by a click in a page, never by being opened; it opens no session, and its member's rights are judged when it
is used. Whoever holds one may do what it says, as that member, and nothing else.
"""
