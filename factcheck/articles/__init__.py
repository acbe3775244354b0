"""Reading articles: bytes to text, text to an `Article` with its parts recognised.

Nothing that shows is changed: page furniture, bylines and datelines are marked, not removed.
"""

from factcheck.articles.reading import MAX_BYTES, read_article
from factcheck.articles.structure import parse_article

__all__ = ["MAX_BYTES", "parse_article", "read_article"]
