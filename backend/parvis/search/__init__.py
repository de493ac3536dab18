"""Looking for everything at once: people, communities, what is said in them, documents and what they hold.

It finds nothing that its reader may not read now, counts nothing of it and suggests none of it: each kind is judged by
the condition of the feature that it belongs to, in the statement that finds it.
"""
