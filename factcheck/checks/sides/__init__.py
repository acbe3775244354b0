"""Which of two contrary things a text says is so, in words, by signs, by votes and by figures."""
