"""What can differ between two schemas: one module per group of keywords, each a function from a pair to findings."""
