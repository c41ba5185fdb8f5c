"""Throwline: the open response system against sextortion.

A conversation comes in at one end, help goes out at the other. The rooms, from the ground up:
`conversation`, `recognition`, `indicators`, `fingerprint`, `case`, `guidance`, `reports`, `evidence`, and the doors
`cli` and `serve`. Importing upwards fails the lint.
"""

__version__ = "0.1.0"
