"""From two trees and a config to a `Plan`: everything is decided here, nothing is changed."""

from specloom.pipeline.inputs import Inputs
from specloom.pipeline.naming import branch_name
from specloom.pipeline.planning import plan

__all__ = ["Inputs", "branch_name", "plan"]
