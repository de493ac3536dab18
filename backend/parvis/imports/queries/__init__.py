"""Reading imports, and the ledger as they meet it."""
