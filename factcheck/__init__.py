"""factcheck: claim verification and consistency checks for news articles.

>>> from factcheck import check_text  # doctest: +SKIP
>>> report = check_text(open("article.txt").read())  # doctest: +SKIP
"""

__version__ = "0.1.0"
