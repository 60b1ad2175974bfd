"""What changed between two versions, and whom it breaks."""

from specloom.drift.compare import compare
from specloom.model.policy import DEFAULT, Policy

__all__ = ["DEFAULT", "Policy", "compare"]
