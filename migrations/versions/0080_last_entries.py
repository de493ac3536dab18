"""PostgreSQL gives the last entries that have some words in one question, by an index that knows how late each came.

Revision: 0080
Revises: 0079
"""

from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None

# Of an entry the index of tokens tells in which block of ids it stands too (65,536 of them each), so that the last that
# have a word are found without the rows of all that have it: of a common word these are very many, and wide. The last
# two blocks say how far back as many stand as are wanted; where that is further than 64 blocks, all are given.
#
# Left to itself PostgreSQL compares the tokens of hundreds of thousands of texts, which it takes for cheap; in a
# function it may be told otherwise without a transaction.
LAST_ENTRIES = """
CREATE FUNCTION last_entries(wanted_tokens tsquery, wanted integer, OUT ids bigint[], OUT are_all boolean)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
DECLARE
    last bigint := pg_sequence_last_value(pg_get_serial_sequence('entries', 'id'));
    last_block integer := last >> 16;
    first_block integer := last_block - 1;
    further bigint;
BEGIN
    IF wanted IS NOT NULL AND first_block > 0 THEN
        ids := ARRAY(
            SELECT entry_id FROM entry_tokens
            WHERE tokens @@ wanted_tokens AND ARRAY[(entry_id >> 16)::integer] && ARRAY[first_block, last_block]
        );
        are_all := false;
        IF cardinality(ids) >= wanted THEN
            RETURN;
        END IF;
        further := (wanted - cardinality(ids)) * (last - (first_block::bigint << 16) + 1) / nullif(cardinality(ids), 0);
        further := (further >> 16) + 1;
        IF further <= 64 AND further < first_block THEN
            ids := ids || ARRAY(
                SELECT entry_id FROM entry_tokens
                WHERE tokens @@ wanted_tokens
                AND ARRAY[(entry_id >> 16)::integer] && ARRAY(
                    SELECT generate_series(first_block - further::integer, first_block - 1)
                )
            );
            RETURN;
        END IF;
    END IF;
    are_all := true;
    ids := ARRAY(SELECT entry_id FROM entry_tokens WHERE tokens @@ wanted_tokens);
END
$$
"""
INDEX = "CREATE INDEX ix_entry_tokens_tokens ON entry_tokens USING gin (tokens, (ARRAY[(entry_id >> 16)::integer]))"
INDEX_BEFORE = "CREATE INDEX ix_entry_tokens_tokens ON entry_tokens USING gin (tokens)"


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_entry_tokens_tokens")
        op.execute(INDEX)
        op.execute(LAST_ENTRIES)


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION last_entries")
        op.execute("DROP INDEX ix_entry_tokens_tokens")
        op.execute(INDEX_BEFORE)
