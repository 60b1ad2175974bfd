"""Primary and secondary rate limits, per token owner, with GitHub's published numbers as defaults."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field

from github_twin.state import Refusal

SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


@dataclass(slots=True)
class Limits:
    """Requests an hour, points a minute (GET 1, writes 5), content-creating requests a minute, and in flight."""

    hourly: int = 5000
    points_per_minute: int = 900
    content_per_minute: int = 80
    concurrent: int = 100
    retry_after: int | None = 60
    reset_in: int = 3600
    used: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    in_flight: int = 0
    _points: dict[str, deque[tuple[float, int]]] = field(default_factory=lambda: defaultdict(deque))
    _content: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def charge(self, who: str, method: str, now: float) -> None:
        """Count a request, or refuse it as GitHub does."""
        if self.used[who] >= self.hourly:
            message = f"API rate limit exceeded for {who}."
            raise Refusal(403, message, headers=self.headers(who, now))
        self.used[who] += 1
        points, content = self._points[who], self._content[who]
        while points and points[0][0] < now - 60:
            points.popleft()
        while content and content[0] < now - 60:
            content.popleft()
        points.append((now, 1 if method == "GET" else 5))
        too_much = sum(cost for _, cost in points) > self.points_per_minute or self.in_flight > self.concurrent
        if method in {"POST", "PATCH", "PUT", "DELETE"}:
            content.append(now)
            too_much = too_much or len(content) > self.content_per_minute
        if too_much:
            headers = {"Retry-After": str(self.retry_after)} if self.retry_after is not None else {}
            raise Refusal(403, SECONDARY, headers=headers | self.headers(who, now))

    def refund(self, who: str) -> None:
        """Give a request back: an answer 304 is free."""
        self.used[who] -= 1

    def headers(self, who: str, now: float) -> dict[str, str]:
        """Return what GitHub tells with every answer."""
        return {
            "X-RateLimit-Limit": str(self.hourly),
            "X-RateLimit-Remaining": str(max(0, self.hourly - self.used[who])),
            "X-RateLimit-Used": str(self.used[who]),
            "X-RateLimit-Reset": str(int(now) + self.reset_in),
            "X-RateLimit-Resource": "core",
        }
