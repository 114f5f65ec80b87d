"""What is agreed and said between the parties themselves: agreements and readings, minutes line by line, the contact line."""
