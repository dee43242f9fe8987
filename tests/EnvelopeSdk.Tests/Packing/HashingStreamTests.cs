using System.Security.Cryptography;
using CsCheck;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Tests.Packing;

public class HashingStreamTests
{
    [Fact]
    public Task What_is_written_in_pieces_of_any_length_is_hashed_in_its_order() =>
        Gen.Select(Gen.OneOf(Gen.Int[0, 3000], Gen.Int[120_000, 140_000], Gen.Int[4_100_000, 4_300_000]), Gen.Bool)
            .Array[1, 6]
            .SampleAsync(
                async pieces =>
                {
                    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                    var written = new MemoryStream();
                    var random = new Random(pieces.Length);
                    await using (var hashing = new HashingStream(written, hash))
                    {
                        foreach (var (length, isAsync) in pieces)
                        {
                            var bytes = new byte[length];
                            random.NextBytes(bytes);
                            if (isAsync)
                            {
                                await hashing.WriteAsync(bytes);
                            }
                            else
                            {
                                hashing.Write(bytes);
                            }

                            Array.Clear(bytes); // what the caller does with it later is not hashed
                        }
                    }

                    Assert.Equal(SHA256.HashData(written.ToArray()), hash.GetHashAndReset());
                },
                iter: 20);
}
