"""SDKs: client libraries."""
