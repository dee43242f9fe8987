namespace EnvelopeSdk.Batch.Tests;

/// <summary>Rows of the query that answers what it is asked.</summary>
internal static class EchoRows
{
    private const string Row =
        """
        SELECT 1 AS key, true AS flag, 1::TINYINT AS tiny, 2::SMALLINT AS small, 3 AS whole, 4::BIGINT AS large, 5::UBIGINT AS unsigned,
          0.5::FLOAT AS single, 0.5::DOUBLE AS double, 1.5::DECIMAL(20,2) AS exact, 'x' AS text, DATE '2024-02-29' AS day,
          TIME '01:02:03' AS time, TIMESTAMP '2024-02-29 01:02:03' AS stamp, TIMESTAMPTZ '2024-02-29 01:02:03+00' AS point,
          INTERVAL '90' MINUTE AS span, '00112233-4455-6677-8899-aabbccddeeff'::UUID AS id, 'a'::BLOB AS bytes,
          [1] AS list, 'Card' AS payment, MAP {'a': 1.5::DOUBLE} AS map
        """;

    /// <summary>A row with some other values, as DuckDB writes them: <c>3 AS whole</c>.</summary>
    public static string With(params string[] values) => $"SELECT * REPLACE ({string.Join(", ", values)}) FROM ({Row})";
}
