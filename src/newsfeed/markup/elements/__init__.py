"""What a body's HTML may hold, and the steps that make of any HTML that: safe, valid, for every reader."""
