"""A file becomes a `Document` of `Provision`s with exact offsets."""
