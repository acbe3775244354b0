"""`python -m factcheck`, where no script `factcheck` is on the path."""

from factcheck.cli.main import main

if __name__ == "__main__":
    main()
