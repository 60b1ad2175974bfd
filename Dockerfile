# The GitHub App in one image: `docker run` serves, `docker run … worker` adds a worker.
FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/specloom
COPY requirements/runtime.lock requirements/
RUN /opt/specloom/bin/pip install --require-hashes --no-deps --requirement requirements/runtime.lock
COPY pyproject.toml README.md LICENSE ./
COPY action action
COPY app app
COPY generators generators
COPY specloom specloom
COPY templates templates
RUN /opt/specloom/bin/pip install --no-deps .

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --create-home specloom
COPY --from=build /opt/specloom /opt/specloom
ENV PATH=/opt/specloom/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SPECLOOM_HOST=0.0.0.0 \
    SPECLOOM_PORT=8080 \
    SPECLOOM_DATA_DIR=/data
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['SPECLOOM_PORT'] + '/livez', timeout=4)"]
ENTRYPOINT ["specloom"]
CMD ["serve"]
