# Parvis, for any of its two shapes: docker build -t parvis .
FROM node:22-bookworm-slim AS pages
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json frontend/
RUN npm --prefix frontend ci --no-audit --no-fund
COPY frontend frontend
COPY openapi openapi
RUN npm --prefix frontend run build

FROM python:3.13-slim-bookworm
RUN useradd --system --home-dir /var/lib/parvis --create-home --uid 10001 parvis
WORKDIR /opt/parvis
COPY requirements/base.txt requirements/
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY pyproject.toml README.md LICENSE ./
COPY backend backend
COPY migrations migrations
RUN echo /opt/parvis/backend > "$(.venv/bin/python -c 'import site; print(site.getsitepackages()[0])')/parvis.pth" \
    && .venv/bin/python -m compileall -q backend migrations
COPY requirements/tracing.txt requirements/
COPY frontend/package-lock.json frontend/
COPY scripts/sbom scripts/
RUN python scripts/sbom > parvis.cdx.json
COPY --from=pages /build/frontend/dist frontend/dist
ENV PATH=/opt/parvis/.venv/bin:$PATH PYTHONUNBUFFERED=1 PARVIS_DATA_DIR=/var/lib/parvis PARVIS_HOST=0.0.0.0
USER parvis
VOLUME /var/lib/parvis
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["python", "-m", "parvis"]
CMD ["serve"]
