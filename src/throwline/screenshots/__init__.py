"""Screenshots of chats, from recognised lines of text to messages: pure Python, the same in every door."""
