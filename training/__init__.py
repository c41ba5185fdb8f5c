"""`make train`: from data/conversations to the act model in the package. Seeded and repeatable."""
