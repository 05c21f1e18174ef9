"""What goes wrong with the service."""


class ServiceError(Exception):
    """The service or a command cannot go on; the text says why and what next."""
