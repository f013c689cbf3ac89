"""Rules as their authors meet them: seen at work, tried on a corpus, suggested from a sentence, checked, compared.

This stands behind the pipeline, which it runs on examples and on articles; `rules` itself knows nothing of it.
"""

from .book import Book, load_rules
from .checking import check_rules, rule_faults

__all__ = ["Book", "check_rules", "load_rules", "rule_faults"]
