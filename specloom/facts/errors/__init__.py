"""What an error looks like: its body in examples, tables and sentences."""
