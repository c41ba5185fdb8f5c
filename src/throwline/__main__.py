"""`python -m throwline` is `throwline`."""

from throwline.cli import main

main()
