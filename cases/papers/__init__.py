"""文书: what a paper of a case is, which there are, and how one is set as PDF and as DOCX."""
