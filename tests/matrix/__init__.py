"""Who may do what: one declarative policy, held against every operation of the API."""
