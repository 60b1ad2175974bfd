"""Names of HTTP headers, recognised in prose, tables and examples."""

from __future__ import annotations

import re
from typing import Final

HEADER: Final = re.compile(
    r"(?<![\w/.-])((?:[A-Za-z][A-Za-z0-9]*)(?:-[A-Za-z0-9]+){1,12}|[A-Z][A-Z0-9]{2,}(?:-[A-Z0-9]+)+)(?![\w-]|\.\w)"
)
"""A name with hyphens, as all but the oldest headers have."""
