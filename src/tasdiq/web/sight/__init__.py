"""What each viewer is shown, in parts: of cases, of the list of entries, of everything for anybody. The door is `web.seeing`."""
