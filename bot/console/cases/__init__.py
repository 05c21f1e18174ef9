"""The cases: their list, and the page of one."""
