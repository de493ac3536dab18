"""Reporting, and deciding on what was reported."""
