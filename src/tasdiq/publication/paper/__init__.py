"""What is printed: signed minutes, and the two-language sheet of the contact line, as PDF by typst."""
