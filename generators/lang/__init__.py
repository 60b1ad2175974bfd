"""What several generators know about one target language; computed names and types, no templates."""
