"""Links by which whoever holds one sees a document or a folder, without an account: where the organisation wants that.

A link gives nothing of its own: at each request it is judged by what its maker may do then. Its secret is kept hashed
and shown once. Who follows it opens it first: that asks for its password, counts one use, and gives a ticket that holds
for an hour.
"""
