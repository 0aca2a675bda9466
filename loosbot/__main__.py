"""Run the command line with ``python -m loosbot``."""

from loosbot.cli import main

if __name__ == "__main__":
    main()
