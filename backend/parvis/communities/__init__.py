"""Communities: places where members meet, open, on request or secret, with roles and rules of their own.

It refuses to say anything of a secret community to who is not in it: neither its name, nor that it exists. Who is in
a community is a circle (`circles`); what is said there belongs to other features.
"""
