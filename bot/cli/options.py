"""Options that several commands have."""

import argparse
import os
import pwd
import sys
from datetime import date


def add_actor(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Adds `--as NAME`: who does it, as the audit has it; by default whoever is logged in."""
    by_default = "" if required else f" (default: {login()})"
    parser.add_argument(
        "--as",
        dest="actor",
        type=name,
        metavar="NAME",
        required=required,
        default=login(),
        help=f"who does it; the audit keeps it{by_default}",
    )


def login() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        # A container may run as a number without a name.
        return f"uid {os.getuid()}"


def name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("a name is needed")
    return text.strip()


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: must be a date such as 2025-06-25") from None


def words(text: str) -> str:
    """`text`, or for "-" what stands in the standard input: the command line is seen by others on the machine."""
    return sys.stdin.read().strip() if text == "-" else text


def confirmed(question: str) -> bool:
    """Whether somebody at the terminal types yes; an input that ends says no."""
    try:
        return input(f"{question} Type yes: ").strip().lower() == "yes"
    except EOFError:
        print()
        return False
