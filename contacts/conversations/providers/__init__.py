"""Providers of texts: each a module of its own behind ``base.Provider``."""
