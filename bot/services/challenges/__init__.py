"""Weekly challenges: rounds, personal data, answers, and what they are worth."""
