"""What an API does that its description does not say, with proof."""
