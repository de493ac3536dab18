"""OAuth 2 (RFC 6749) for the first-party mobile client: authorization code with PKCE S256, and rotating refresh tokens.

What RFC 9700 advises against (implicit and password grants, `plain` challenges, inexact redirects) does not exist.
"""
