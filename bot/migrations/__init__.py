"""The database's versions, run by `bot migrate` and at the start of an embedded one."""
