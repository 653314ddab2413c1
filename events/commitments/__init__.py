"""What each organisation owes by a decision: given and changed by letters, answered, accepted."""
