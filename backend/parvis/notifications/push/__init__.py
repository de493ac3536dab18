"""Web Push: what is new is told to members' devices, also while Parvis is closed there (RFC 8030, 8291, 8292).

It refuses to push what a device of the member shows already, to whom access ended, and, unless that device was told
otherwise, to say more than that there is something.
"""
