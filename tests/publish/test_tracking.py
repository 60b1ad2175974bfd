"""What stands at the addresses in a config."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generators import ALL
from specloom.config import load_config
from specloom.errors import UpstreamError, UserError
from specloom.publish.tracking import ask

CONFIG = b"".join(
    [b"descriptions:\n", *(b"  - path: %d.yaml\n    upstream: https://a.example/%d\n" % (n, n) for n in range(8))]
)


@dataclass
class Web:
    """Answers by address, and counts how many were asked at once."""

    answers: dict[str, bytes | Exception]
    now: int = 0
    most: int = field(default=0)

    async def upstream(self, url: str) -> bytes:
        import asyncio

        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.01)
        self.now -= 1
        said = self.answers.get(url, b"openapi")
        if isinstance(said, Exception):
            raise said
        return said


async def test_answers_mistakes_and_silence() -> None:
    """A mistake points at its line; who is silent is taken to say what stands; nobody is asked all at once."""
    web: Any = Web({"https://a.example/1": UserError("no"), "https://a.example/2": UpstreamError("later")})
    standing = {"2.yaml": b"as before"}
    tracked = await ask(web, load_config(CONFIG, generators=ALL), CONFIG, standing=standing.get)
    assert (7, b"as before", 4) == (len(tracked.contents), tracked.contents["2.yaml"], web.most)
    assert ([5], ("later",)) == ([error.span.start for error in tracked.mistakes if error.span], tracked.silent)
    assert "1.yaml" not in tracked.contents
