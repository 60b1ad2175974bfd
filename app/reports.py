"""Full reports behind links that are signed and end: what does not fit into a comment has to be readable somewhere."""

from __future__ import annotations

import hashlib
import hmac
import re
import zlib
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

if TYPE_CHECKING:
    from arq.connections import ArqRedis

LIFE: Final = 30 * 86_400
"""Seconds that a report is kept and that its links last."""

LARGEST: Final = 20 * 2**20
IDENTITY: Final = re.compile(r"[0-9a-f]{64}")
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=300",
}


def signed_path(identity: str, *, secret: str, now: float) -> str:
    """Return the path and query under which a report can be read from now on, for `LIFE` seconds."""
    expires = int(now) + LIFE
    return f"reports/{identity}?{urlencode({'expires': expires, 'signature': _sign(identity, expires, secret)})}"


def is_signed(identity: str, *, expires: str, signature: str, secret: str, now: float) -> bool:
    """Say whether a link is ours and still good."""
    if not IDENTITY.fullmatch(identity) or not expires.isdecimal() or int(expires) < now:
        return False
    return hmac.compare_digest(_sign(identity, int(expires), secret).encode(), signature.encode())


def _sign(identity: str, expires: int, secret: str) -> str:
    key = hmac.new(secret.encode(), b"specloom report link", hashlib.sha256).digest()
    return hmac.new(key, f"{identity}.{expires}".encode(), hashlib.sha256).hexdigest()


class Reports:
    """Keeps reports in Redis, compressed."""

    def __init__(self, redis: ArqRedis) -> None:
        self._redis: Any = redis

    async def keep(self, html: str) -> str:
        """Store a report and return its name; one that is too large is cut, and says so."""
        content = html.encode()
        if len(content) > LARGEST:
            content = content[:LARGEST] + b"\n<p>The rest of this report was too large to keep.</p>"
        identity = hashlib.sha256(content).hexdigest()
        await self._redis.set(f"specloom:report:{identity}", zlib.compress(content), ex=LIFE)
        return identity

    async def read(self, identity: str) -> bytes | None:
        """Return a report, or None where there is none (any more)."""
        stored = await self._redis.get(f"specloom:report:{identity}")
        return zlib.decompress(stored) if stored else None
