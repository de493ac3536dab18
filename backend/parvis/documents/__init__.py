"""Documents: spaces of communities and of members, folders in them, files with versions, and who may do what with each.

It refuses rights that are only shown: every list, count and search starts from what the reader's rights let through,
and whoever loses them loses it all with the same row. Bytes are kept by `files`, which asks here who reads them.
"""
