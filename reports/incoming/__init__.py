"""Official letters that came in: registered with the sender's own number, tied to what they answer, counted as
answers.
"""
