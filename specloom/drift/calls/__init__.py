"""What can differ between two operations: one module per part, each a function of both sides and a desk."""
