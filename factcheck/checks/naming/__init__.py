"""What `names` compares: who and what is named, how, and in whose place."""
