"""The desk of the staff: what waits for whom, previews, the manual."""
