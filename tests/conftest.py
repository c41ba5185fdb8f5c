from hypothesis import settings

# A busy machine must not fail a test: how fast things are is for `make bench`.
settings.register_profile("throwline", deadline=None)
settings.load_profile("throwline")
