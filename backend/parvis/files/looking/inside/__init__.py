"""The process that opens a stranger's file: `python -I -m parvis.files.looking.inside KIND < file`.

It stands alone: it knows nothing of Parvis but the folder it is in, and says what it found in frames on its output.
`looking/looker.py` starts it.
"""
