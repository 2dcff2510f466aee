"""The desk of the staff: what waits for whom, previews, trails, the manual."""
