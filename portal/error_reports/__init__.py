"""我要纠错: a citizen says that something in the list is wrong; the responsible office answers in time."""
