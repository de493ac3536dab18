"""What pages say of members: whom they name, and which tasks are whose, read from their trees as they are kept.

It refuses to write in pages: a task is ticked where it stands.
"""
