"""Holds the library against golden values of the packages that English analysts trust."""
