"""The webhook server: verifies, writes down, answers. It does no work."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from aiohttp import web
from pydantic import ValidationError
from redis.exceptions import RedisError

from app import reports
from app.events import Listener, job_of
from app.intake import LARGEST_BODY, Delivery, Rejected, open_delivery
from app.ledger import Ledger
from app.metrics import Metrics
from app.reports import Reports
from app.traces import tracer

if TYPE_CHECKING:
    from arq.connections import ArqRedis

    from app.settings import Settings
    from app.setup import Setup

COME_BACK: Final = "30"
"""Seconds, for `Retry-After`; GitHub does not retry by itself, our catch-up asks it to."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Doors:
    """What the routes need."""

    settings: Settings
    ledger: Ledger
    reports: Reports
    metrics: Metrics
    redis: ArqRedis
    setup: Setup


def make_app(settings: Settings, redis: ArqRedis, setup: Setup, metrics: Metrics | None = None) -> web.Application:
    """Return the server as an aiohttp application."""
    doors = Doors(settings, Ledger(redis), Reports(redis), metrics or Metrics(), redis, setup)
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(
        [
            web.post("/webhook", _Webhook(doors).handle),
            web.get("/livez", _livez),
            web.get("/readyz", _Health(doors).readyz),
            web.get("/metrics", _Health(doors).metrics),
            web.get("/setup", setup.start),
            web.get("/setup/callback", setup.finish),
            web.get("/reports/{id}", _ReportPage(doors).handle),
        ]
    )
    return app


class _Webhook:
    """`POST /webhook`."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        settings = doors.settings
        self._secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
        self._listener = Listener(int(settings.app_id or 0))

    async def handle(self, request: web.Request) -> web.Response:
        """Answer 202 once the delivery is safe, or say exactly what is wrong with it."""
        started = time.perf_counter()
        event = request.headers.get("x-github-event", "unknown")[:64]
        with tracer.start_as_current_span("webhook", attributes={"event": event}):
            try:
                response, outcome = await self._take(request)
            except Rejected as rejected:
                log.warning("rejected", event_name=event, status=rejected.status.value, reason=rejected.reason)
                response, outcome = _text(rejected.status.value, rejected.reason), "rejected"
        known = event if outcome != "rejected" else "any"
        self._doors.metrics.deliveries.labels(event=known, outcome=outcome).inc()
        self._doors.metrics.intake.observe(time.perf_counter() - started)
        return response

    async def _take(self, request: web.Request) -> tuple[web.Response, str]:
        if not self._secret:
            return _text(503, "no App is registered yet"), "unregistered"
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return _text(413, "payloads have at most 25 MB"), "too-large"
        delivery = open_delivery(request.headers, body, self._secret)
        if delivery.event == "ping":
            return _text(200, "pong"), "ping"
        return await self._accept(delivery)

    async def _accept(self, delivery: Delivery) -> tuple[web.Response, str]:
        try:
            job = job_of(delivery, self._listener)
        except ValidationError as error:
            fields = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors()[:3])
            return _text(400, f"the payload is not a {delivery.event} event as we know it: {fields}"), "malformed"
        if job is None:
            return _text(202, "nothing to do"), "ignored"
        try:
            outcome = await self._doors.ledger.accept(job, body_digest=delivery.digest)
        except (RedisError, OSError) as error:
            log.error("the delivery could not be kept", delivery=delivery.id, error=str(error))  # noqa: TRY400
            response = _text(503, "try again later")
            response.headers["Retry-After"] = COME_BACK
            return response, "unavailable"
        log.info("delivery", delivery=delivery.id, event_name=delivery.event, outcome=outcome, subject=job.subject)
        return _text(202, outcome), outcome


class _Health:
    """What an orchestrator and Prometheus ask for."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    async def readyz(self, _request: web.Request) -> web.Response:
        """Say whether a delivery would be taken."""
        missing = [] if self._doors.settings.is_registered else ["no App is registered; see /setup"]
        try:
            await self._doors.redis.ping()
        except (RedisError, OSError):
            missing.append("Redis does not answer")
        return _text(503, "; ".join(missing)) if missing else _text(200, "ready")

    async def metrics(self, _request: web.Request) -> web.Response:
        """Print the figures; without Redis, those of this process."""
        try:
            counts = await self._doors.ledger.counts()
        except (RedisError, OSError):
            counts = {}
        body = self._doors.metrics.render(counts)
        return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


class _ReportPage:
    """`GET /reports/{id}`."""

    def __init__(self, doors: Doors) -> None:
        self._reports = doors.reports
        secret = doors.settings.webhook_secret
        self._secret = secret.get_secret_value() if secret else ""

    async def handle(self, request: web.Request) -> web.Response:
        """Show a report to whoever has a link that we signed; everything else does not exist."""
        identity = request.match_info["id"]
        query = {name: request.query.get(name, "") for name in ("expires", "signature")}
        signed = self._secret and reports.is_signed(identity, **query, secret=self._secret, now=time.time())
        body = await self._reports.read(identity) if signed else None
        if body is None:
            return _text(404, "there is no such report, or its link has expired; `/specloom status` makes a new one")
        headers = reports.HEADERS | {"Content-Type": "text/html; charset=utf-8"}
        return web.Response(body=body, headers=headers)


async def _livez(_request: web.Request) -> web.Response:
    return _text(200, "alive")


def _text(status: int, text: str) -> web.Response:
    return web.Response(status=status, text=text + "\n")
