"""The steps. What was released is never changed, only followed by a next one."""
