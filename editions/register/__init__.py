"""The whole list as documents: read, compared, picked from, loaded and handed out."""
