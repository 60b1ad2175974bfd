"""The config file `.github/specloom.yml`, checked, with errors that point at the line."""

from specloom.config.load import Config, Description, default_config, default_policy, load_config
from specloom.config.reference import json_schema, markdown_reference
from specloom.config.settings import DEFAULT_BRANCH, DEFAULT_TARGETS, PATH, FailOn
from specloom.config.starter import starter

__all__ = [
    "DEFAULT_BRANCH",
    "DEFAULT_TARGETS",
    "PATH",
    "Config",
    "Description",
    "FailOn",
    "default_config",
    "default_policy",
    "json_schema",
    "load_config",
    "markdown_reference",
    "starter",
]
