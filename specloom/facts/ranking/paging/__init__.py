"""What the rankers of paging look at: names that may be parameters, numbers, and where an answer leads on."""
