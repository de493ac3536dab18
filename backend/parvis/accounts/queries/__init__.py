"""Reading people and the organisation."""
