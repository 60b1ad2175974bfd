"""What changed between two versions, and whom it breaks."""
