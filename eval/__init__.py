"""How good, how fast, compared with whom."""
