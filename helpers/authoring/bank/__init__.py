"""The question bank: the questions with options, for learning platforms, without Jupyter."""
