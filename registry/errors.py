"""What goes wrong with the records."""


class RegistryError(Exception):
    """The records cannot be used; the text names their database, without its password, and says why."""
