"""The relation of two schemas: is every value of the one a value of the other? Proved, or not claimed.

Members that an open object does not declare count as absent: a correct caller sends what the description names. So a
described member fits only where it is described as well, or where members are free.
Recursion is sound by coinduction: a pair that is being looked at is taken to hold until it is refuted, and whatever
was concluded from that assumption is forgotten with it.
"""

from specloom.drift.relation.contain.question import Containment, Same

__all__ = ["Containment", "Same"]
