"""Run once, here: the command line `specloom` and the entry point of the Action."""
