"""What the staff do with the list: compile, act, restore, handle findings."""
