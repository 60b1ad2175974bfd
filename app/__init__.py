"""The GitHub App: webhooks in, jobs, pull requests out."""
