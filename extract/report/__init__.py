"""The page to look at: one HTML file that holds a run, its texts and all that is needed to read them."""

from .page import write_report

__all__ = ["write_report"]
