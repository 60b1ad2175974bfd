"""Descriptions of every format, brought to the one model."""
