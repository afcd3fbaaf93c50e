"""What is measured, in the form that Prometheus reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, GCCollector, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.models import PostState
from bot.models.pulse import Pulse

CALL_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 3.0, 10.0)
STORE_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0)
CONTENT_TYPE = CONTENT_TYPE_LATEST


class Measures:
    """Keeps all measures of one bot; labels have names from the code alone, never what members write."""

    def __init__(self, release: str) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        called = ("command", "platform")
        self._calls = Counter(
            "stepwise_calls", "Calls that were answered.", (*called, "outcome"), registry=self.registry
        )
        self._seconds = Histogram(
            "stepwise_call_seconds", "How long answers took.", called, buckets=CALL_SECONDS, registry=self.registry
        )
        self._store = Histogram(
            "stepwise_database_seconds",
            "How long reads and writes took, waiting included.",
            ("kind",),
            buckets=STORE_SECONDS,
            registry=self.registry,
        )
        self._incidents = Counter("stepwise_incidents", "Mistakes of the program.", registry=self.registry)
        self._gauge("build_info", "Which version runs.", "version").labels(release).set(1)
        self._posts = self._gauge("recent_posts", "The latest 2,000 posts by state.", "state")
        self._waiting = self._gauge("queue_age_seconds", "How long the oldest of a queue waits.", "queue")
        self._connected = self._gauge("connected", "Whether a platform is connected.", "platform")
        self._troubled = self._gauge("troubled_schedules", "Schedules that cannot post where they should.")
        self._communities = self._gauge("communities", "Communities in which the bot is.")
        self._bytes = self._gauge("database_bytes", "Sizes of the database's files.", "file")
        self._backup = self._gauge("backup_age_seconds", "How old the newest backup is; -1 where there is none.")
        self._ready = self._gauge("ready", "Whether everything is there that answers need.")

    def _gauge(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(f"stepwise_{name}", what, labels, registry=self.registry)

    def call(self, command: str, platform: str, outcome: str, seconds: float) -> None:
        """Count an answered call."""
        self._calls.labels(command, platform, outcome).inc()
        self._seconds.labels(command, platform).observe(seconds)

    def incident(self) -> None:
        """Count a mistake of ours."""
        self._incidents.inc()

    def store(self, kind: str, seconds: float) -> None:
        """Time a piece of work of the store."""
        self._store.labels(kind).observe(seconds)

    def pulse(self, pulse: Pulse, now: datetime) -> None:
        """Take over what the store says of itself."""
        for state in PostState:
            self._posts.labels(state.value).set(pulse.posts.get(state.value, 0))
        for queue, since in (("posts", pulse.post_due), ("reminders", pulse.reminder_due)):
            self._waiting.labels(queue).set(max((now - since).total_seconds(), 0) if since else 0)
        self._troubled.set(pulse.troubled_schedules)
        self._communities.set(pulse.communities)
        self._bytes.labels("database").set(pulse.file_bytes)
        self._bytes.labels("log").set(pulse.log_bytes)

    def state(self, connected: Mapping[str, bool], *, ready: bool, backup_age: float) -> None:
        """Take over how connections and backups are."""
        for platform, there in connected.items():
            self._connected.labels(platform).set(there)
        self._ready.set(ready)
        self._backup.set(backup_age)

    def text(self) -> bytes:
        """Write everything down."""
        return generate_latest(self.registry)
