"""What members say of themselves: for now, what they are interested in.

It refuses free text: interests are chosen from one list, so that two people who share one can be told so.
"""
