"""`python -m extract` is `jianbao`."""

from extract.cli import main

if __name__ == "__main__":
    main()
