"""Audiences: whom something is for, said by what people are; a query, never a group.

It refuses to name anybody: who makes one learns how many people it has, and of few people not even that. What it may
look at is what the institution says of its people, and what they show to the whole organisation.
"""
