"""Rules: the language, the book of rules, and their application to sentences."""

from .book import Rule, RuleBook, RuleError
from .files import read_rules

__all__ = ["Rule", "RuleBook", "RuleError", "read_rules"]
