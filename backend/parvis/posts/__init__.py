"""What is said on the walls of communities: messages and questions, once, to one place or several.

It refuses to show a post to who may read none of its places, and to tell a reader of the places that he may not see.
"""
