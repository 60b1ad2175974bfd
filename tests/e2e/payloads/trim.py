"""Keep the example payloads of webhooks, without the addresses that nobody reads.

The source is `api.github.com/index.json` of the npm package `@octokit/webhooks-examples` (MIT, see LICENSE beside this
file):

    npm pack @octokit/webhooks-examples && tar xf octokit-webhooks-examples-*.tgz
    python tests/e2e/payloads/trim.py package/api.github.com/index.json
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any


def slim(node: Any) -> Any:  # noqa: ANN401  # any JSON
    """Copy without links and GraphQL ids."""
    if isinstance(node, list):
        return [slim(item) for item in node]
    if isinstance(node, dict):
        dropped = {"url", "_links", "node_id"}
        return {key: slim(value) for key, value in node.items() if not key.endswith("_url") and key not in dropped}
    return node


def main(source: Path) -> None:
    """Write `examples.jsonl.gz` beside this file: one event and its payload a line."""
    events = json.loads(source.read_text())
    rows = [{"event": event["name"], "payload": slim(example)} for event in events for example in event["examples"]]
    lines = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows)
    Path(__file__).with_name("examples.jsonl.gz").write_bytes(gzip.compress(lines.encode(), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
