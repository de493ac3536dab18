"""Reading what members say of themselves: always from what the reader may see."""
