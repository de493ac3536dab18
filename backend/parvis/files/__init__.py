"""Files: receiving them, keeping them, handing them out.

It never decides who may read: whoever uploaded a file may, and for others the feature that claimed it says. It never
trusts what a client says of a file, nor lets a browser run one.
"""
