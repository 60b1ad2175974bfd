"""Real traffic against a description: what was seen and is not described, as changes like those of two versions."""

from specloom.drift.traffic.observe import Observed, observe

__all__ = ["Observed", "observe"]
