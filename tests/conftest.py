"""What all tests share: reproducible properties, and small books of rules written for one test."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("jianbao", deadline=None, derandomize=True)
settings.load_profile("jianbao")
