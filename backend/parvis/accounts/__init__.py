"""People and the door: who a member is, how they come in, and who is asking.

It refuses to match people by e-mail address: addresses are recycled. It never says whether an address is known.
"""
