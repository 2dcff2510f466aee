"""What other programs take: the contract of all addresses, the data catalogue, what robots and browsers ask for."""
