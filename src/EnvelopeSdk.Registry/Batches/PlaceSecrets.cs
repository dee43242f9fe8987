using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Deploying;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>Finds passwords in what a batch reads and writes, which all see who may read batches.</summary>
internal static class PlaceSecrets
{
    /// <exception cref="EnvelopeException">There is one; the message has all but it.</exception>
    public static void Refuse(BatchSettings settings)
    {
        (string Pointer, string? Text)[] places =
        [
            ("/input", settings.Input), ("/output", settings.Output), ("/quarantine", settings.Quarantine),
            ("/log", settings.Log),
        ];
        List<SettingsFault> wrong =
        [
            .. from place in places
            where place.Text is not null
            let masked = AddressPasswords.Mask(place.Text)
            where masked != place.Text
            select new SettingsFault(
                place.Pointer,
                $"'{masked}' has a password, which everybody would see who may read the batch. Leave it out, and let "
                + "the variable PGPASSWORD have it from a secret ('secrets')."),
        ];
        if (wrong.Count > 0)
        {
            throw SettingsFault.All(wrong);
        }
    }
}
