"""What is counted of pages that are written together."""

from prometheus_client import Counter, Gauge

from parvis.kernel.metrics import REGISTRY

PAGES_OPEN = Gauge(
    "parvis_pages_open", "Pages in which somebody is, in this process.", registry=REGISTRY, multiprocess_mode="livesum"
)
PAGE_WRITES = Counter("parvis_page_writes_total", "What clients wrote in pages and was kept.", registry=REGISTRY)
PAGE_DROPPED = Counter(
    "parvis_page_writes_dropped_total",
    "What clients sent to pages and was dropped: without the right to write, under another’s client id, malformed.",
    ["reason"],
    registry=REGISTRY,
)
