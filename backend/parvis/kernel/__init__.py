"""What every feature stands on, and knows no business word.

The test for a piece of code to live here: would a bakery's application need it unchanged?
"""
