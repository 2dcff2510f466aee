"""归档: what a case needs before it is put away, in which order it is bound, and how it is sealed."""
