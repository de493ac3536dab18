"""What is inside a file: its pages drawn, its words, where a photo was taken. Made when a feature asks, never before.

Strangers' bytes are opened by a process of their own (`inside`), which has little and ends soon. It never decides who
may see: whoever may read the file now may read what was found inside.
"""
