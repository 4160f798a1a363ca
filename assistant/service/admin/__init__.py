"""What `/admin` stands on: who may enter, what was done, what runs."""
