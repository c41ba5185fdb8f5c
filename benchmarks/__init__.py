"""`make bench`: speed and memory, as ratios against named peers in the same run."""
