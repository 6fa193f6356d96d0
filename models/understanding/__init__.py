"""What a customer feels and what an agent does, from text."""
