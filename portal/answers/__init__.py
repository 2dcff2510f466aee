"""What was asked, and what answers it: search, short cuts, the list turned round."""
