"""Asking a chat model: providers, prompts, the call with its cache and budget, and the chains.

Nothing here runs unless a model is configured, and LangChain is imported where it is used.
"""
