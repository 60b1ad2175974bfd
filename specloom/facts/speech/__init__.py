"""Who speaks of whom: this API or another, its current version or an old one, in which language."""
