"""Working with text, for every stage: folding, sentences, the dependency parse.

The lowest package: it imports nothing of ours but records, errors and what is kept between runs.
"""
