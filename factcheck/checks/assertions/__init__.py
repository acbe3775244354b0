"""What `polarity` and `cause` compare: what a text asserts, yes or no, and of what it makes it."""
