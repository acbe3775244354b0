"""What `quotes` and `attribution` compare: quotations, and who says what."""
