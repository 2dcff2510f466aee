"""What the printed form consists of: its parts, the items of each, the frames around them."""
