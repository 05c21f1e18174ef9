"""The web doors: the chat page and the HTTP interface."""
