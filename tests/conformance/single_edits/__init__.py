"""One edit somewhere in a real description, made in its text, so that its lines are known."""
