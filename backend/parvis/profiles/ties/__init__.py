"""Ties between members: who knows whom, who blocks whom, who accompanies whom.

It refuses to tell a member that somebody blocked him, or declined to know him: that is silence, and stays so.
"""
