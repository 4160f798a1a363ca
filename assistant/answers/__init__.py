"""Answers: right, cited to the word, verified, or declined."""
