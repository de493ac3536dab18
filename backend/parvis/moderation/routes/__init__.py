"""Routes of reports and cases."""

from . import cases, reports

routers = (reports.router, cases.router)
