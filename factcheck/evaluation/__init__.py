"""Measuring: labelled sets, what a run gets right, and how sure one can be of the figure."""
