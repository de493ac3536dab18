"""Writing a page together: the socket, who is in a page, and what is said there.

Nothing is said on before it is durable. Each process keeps one document in memory for each page in which somebody is,
and hears of what others wrote elsewhere by a wake-up, or within a second.
"""
