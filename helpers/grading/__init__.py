"""Grading a class without a hub, one job a file: what was handed in, running it apart, marks, the gradebook, the pages, the class."""
