"""Provisions become a searchable index."""
