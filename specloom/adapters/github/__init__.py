"""GitHub over REST, GraphQL and git: how to ask and how to wait, with no word about why."""
