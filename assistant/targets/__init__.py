"""Targets (chỉ tiêu): from the text of a decision to structured rows."""
