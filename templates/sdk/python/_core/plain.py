"""From what callers pass to JSON values and to text."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import json
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from .model import Model
from .shapes import is_array, is_iterable, is_mapping, is_object
from .unset import UNSET


def plain(value: object) -> Any:
    """Turn models, dates, enums, mappings and sequences into JSON values; members that are `UNSET` are dropped."""
    if value is None or (isinstance(value, bool | int | float | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
    if is_mapping(value):
        return {str(plain(key)): plain(item) for key, item in value.items() if item is not UNSET}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain({field.name: getattr(value, field.name) for field in dataclasses.fields(value)})
    return _scalar(value)


def _scalar(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | bytearray):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if is_iterable(value):
        return [plain(item) for item in value if item is not UNSET]
    raise TypeError(f"{type(value).__name__} cannot be sent as JSON")


def to_json(value: object) -> bytes:
    """Return `value` as compact JSON in UTF-8."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def text(value: object) -> str:
    """Write a plain scalar as it stands in URLs, headers and forms; an object or an array becomes JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if is_object(value) or is_array(value):
        return to_json(value).decode()
    return str(value)
