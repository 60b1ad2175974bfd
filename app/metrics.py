"""What Prometheus sees."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """The figures of one process; `/metrics` prints them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.deliveries = Counter(
            "specloom_deliveries",
            "Deliveries by event and what became of them",
            ["event", "outcome"],
            registry=self.registry,
        )
        self.intake = Histogram(
            "specloom_webhook_seconds",
            "Time to answer a delivery",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
            registry=self.registry,
        )
        self.jobs = Counter("specloom_jobs", "Jobs by kind and outcome", ["kind", "outcome"], registry=self.registry)
        self.work = Histogram(
            "specloom_job_seconds",
            "Time to do a job",
            ["kind"],
            buckets=(0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900),
            registry=self.registry,
        )
        self.queue = Gauge("specloom_ledger", "Deliveries by state", ["state"], registry=self.registry)

    def render(self, counts: dict[str, int]) -> bytes:
        """Return the text format, with the ledger's counts as they are now."""
        for state, number in counts.items():
            self.queue.labels(state=state).set(number)
        return generate_latest(self.registry)
