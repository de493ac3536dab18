"""The words that the people of Valorne are made of, a list per noun. Everything here is invented, or anybody's."""
