"""Matchers: the numbers, dates, places and programme names of a text, each with its characters."""
