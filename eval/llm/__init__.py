"""Measuring chat models on labelled claims: alone, in the chain, and beside the verifier."""
