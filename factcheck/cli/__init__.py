"""The command line: one module a command; the only package that knows click."""
