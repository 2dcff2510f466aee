"""The list on paper: which papers there are, who sets them when."""
