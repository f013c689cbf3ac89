"""Articles out of a bulletin: where each begins and ends, its title, its source line and its day.

A source line （据…） closes an article. Titles stand before their bodies, behind them, or (where a page was cut up) in
them. Without a source line a file is one article, unless rules (-----), heads of Markdown or titles of places (贵州：…)
part it.
"""

from .article import Article, split_articles
from .facts import date_in_name

__all__ = ["Article", "date_in_name", "split_articles"]
