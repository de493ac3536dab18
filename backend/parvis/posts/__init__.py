"""What is said on the walls of communities, once, to one place or several; on the square; and to chosen recipients.

It refuses to show a post to who may read none of its places, and to tell a reader of the places that he may not see.
"""
