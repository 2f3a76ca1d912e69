"""The page for votes with raised hands: ballots made from the items, and one file to open."""
