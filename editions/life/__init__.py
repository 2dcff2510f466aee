"""An edition from submission to revocation: frozen, reviewed, signed, issued, sealed."""
