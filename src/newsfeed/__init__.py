"""A folder of articles becomes feeds, news pages and a newsletter."""

__version__ = "0.1.0"
