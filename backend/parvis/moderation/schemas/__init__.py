"""Reports and cases over HTTP."""
