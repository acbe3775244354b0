"""factcheck: claim verification and consistency checks for news articles."""

__version__ = "0.1.0"
