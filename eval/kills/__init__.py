"""Kills the program at random moments of everything that changes a home, while others ask, and looks for damage."""

from __future__ import annotations

from eval.kills.campaign import Campaign, Report, show

__all__ = ["Campaign", "Report", "show"]
