"""Who stands for a centre, where coming events are concerned: forms of the change and what follows it."""
