"""What goes wrong with knowledge, said so that the person who edits it can put it right."""


class KnowledgeError(Exception):
    """Base of every error this package raises on purpose."""


class DocumentError(KnowledgeError):
    """A document's files cannot be used; the text says what, where and what next."""


class FileBeyondLimits(DocumentError):
    """A file needs more memory, time or room than any document; a part of it as plain text may not."""
