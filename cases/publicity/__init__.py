"""What the public sees of penalty decisions: what is covered in them, what is released, for how long."""
