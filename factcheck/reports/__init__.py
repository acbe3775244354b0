"""One report, many forms: terminal, HTML, JSON and Markdown, one module a format.

`formats.write(report, "html")` gives the text of any of them. Whatever stands in an article or a
reference document is hostile until a writer has made it harmless for its own medium.
"""
