"""How paper is set, kept and named: faces, typesetting, files that are written whole and kept by digest."""
