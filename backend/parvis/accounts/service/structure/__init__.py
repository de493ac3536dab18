"""Saying what the institution is made of: units in a tree, programmes and cohorts.

What people or other places refer to is not deleted; who wants to refer to a place that is being deleted waits.
"""
