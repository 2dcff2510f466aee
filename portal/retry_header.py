"""What the portal tells the front alone (wenan_qts.web_worker)."""

ASK_AGAIN = "X-Ask-Again"
"""A header: in so many seconds there may be a better answer, and the portal is asked once more."""
