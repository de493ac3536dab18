"""What Parvis tells Prometheus (`/metrics`)."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

REQUESTS = Counter("parvis_http_requests_total", "HTTP requests.", ["method", "route", "status"], registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "parvis_http_request_seconds", "Time to answer, in seconds.", ["method", "route"], registry=REGISTRY
)
EVENTS_QUARANTINED = Counter(
    "parvis_events_quarantined_total", "Facts a listener gave up on.", ["listener"], registry=REGISTRY
)
JOBS_DONE = Counter(
    "parvis_jobs_total",
    "Tries of jobs (done, failed) and jobs given up (set_aside).",
    ["name", "outcome"],
    registry=REGISTRY,
)
LOG_LAG = Gauge(
    "parvis_log_lag_seconds", "Age of the oldest fact a listener has yet to read.", ["listener"], registry=REGISTRY
)
SOCKETS = Gauge("parvis_sockets", "Sockets that are open.", registry=REGISTRY)
SOCKETS_CLOSED = Counter("parvis_sockets_closed_total", "Sockets that were closed.", ["code"], registry=REGISTRY)
