"""How the package introduces itself to servers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache


@cache
def agent_headers(brand: str, version: str) -> Mapping[str, str]:
    """Return User-Agent and platform headers, worked out once, when the first call is made."""
    import platform

    return {
        "User-Agent": f"{brand}/Python {version}",
        "X-SDK-Lang": "python",
        "X-SDK-Package-Version": version,
        "X-SDK-OS": platform.system() or "unknown",
        "X-SDK-Arch": platform.machine() or "unknown",
        "X-SDK-Runtime": platform.python_implementation(),
        "X-SDK-Runtime-Version": platform.python_version(),
    }
