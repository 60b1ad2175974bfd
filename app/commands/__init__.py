"""Slash-commands: `/specloom …` in issues, pull requests and review threads."""
