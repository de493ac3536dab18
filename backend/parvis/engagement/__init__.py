"""What members add to something said: comments with one level of replies, reactions, mentions, bookmarks.

It refuses to know what a subject is and who may read it: its callers have authorised the actor already. It knows who
wrote each comment, and keeps two members apart of whom one has blocked the other.
"""
