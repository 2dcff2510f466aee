"""What keeps the portal true and safe: verify, backup and restore, the static copy."""
