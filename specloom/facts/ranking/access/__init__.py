"""Everything in docs that may be a way to authenticate, with what stands around it."""
