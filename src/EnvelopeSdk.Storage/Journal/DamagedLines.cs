using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Journal;

/// <summary>Finds the lines of a file that cannot be read, and puts them aside.</summary>
internal static class DamagedLines
{
    /// <param name="path">The file.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="damageOf">Says of a line and its number what is wrong; null when nothing is.</param>
    /// <param name="asidePath">Where to put them, out of the file; null to leave them.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>What is wrong with each.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(
        string path, ReadOnlyMemory<byte> text, Func<ReadOnlyMemory<byte>, int, string?> damageOf, string? asidePath,
        CancellationToken cancellationToken)
    {
        var (sound, damaged) = (new MemoryStream(), new MemoryStream());
        var found = new List<string>();
        var number = 0;
        foreach (var line in JournalLines.Split(text))
        {
            var damage = damageOf(line, ++number);
            var to = damage is null ? sound : damaged;
            to.Write(line.Span);
            to.WriteByte((byte)'\n');
            if (damage is not null)
            {
                found.Add(damage);
            }
        }

        if (asidePath is not null && found.Count > 0)
        {
            await using (var aside = new FileStream(asidePath, FileMode.Append, FileAccess.Write))
            {
                aside.Write(damaged.GetBuffer().AsSpan(0, (int)damaged.Length));
                aside.Flush(flushToDisk: true);
            }

            await DurableFile.ReplaceAsync(path, sound.ToArray(), cancellationToken);
        }

        return found;
    }
}
