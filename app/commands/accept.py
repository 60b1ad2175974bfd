"""`/specloom accept ID [reason]`: a fact found in the documentation is right. The config file keeps it."""

from __future__ import annotations

from functools import partial

from app.commands.command import Command
from app.commands.decide import decide

COMMAND = Command(
    name="accept",
    usage="accept ID [reason]",
    summary="Confirm a fact found in the documentation; the config file on this branch remembers it.",
    run=partial(decide, verdict="accept"),
)
