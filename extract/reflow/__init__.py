"""Clean text out of a page: wraps joined, stray blanks gone, captions and page furniture out of the sentences.

The clean text only leaves characters out, moves them or folds them one to one; a map beside it (`Reflowed.offsets`)
says where in the raw text each of its characters stands.
"""

from .clean import Reflowed, reflow

__all__ = ["Reflowed", "reflow"]
