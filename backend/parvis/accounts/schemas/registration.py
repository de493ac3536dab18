"""Joining over HTTP."""

from parvis.kernel.schemas import In

from .fields import Email, PersonName


class Registration(In):
    name: PersonName
    email: Email
