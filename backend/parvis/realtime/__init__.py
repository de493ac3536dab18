"""What happens, told to clients as it happens: one stream for each member, and the snapshot it begins from.

It changes nothing and decides nothing: features say which topics somebody reads and what of their events is told, and
`wiring.py` puts their answers together. Whatever it sends was judged when it was sent.
"""
