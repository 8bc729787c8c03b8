"""`python -m bot`: see `bot --help`."""

from bot.cli.main import main

if __name__ == "__main__":
    main()
