"""What people do one after the other: who, when, why, in which state; one act each, never written again."""
