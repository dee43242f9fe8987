using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Tests.Schema;

public class KindContainmentTests
{
    public static TheoryData<TypeKind> Kinds => [.. Enum.GetValues<TypeKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_is_a_value_without_parts_when_its_schema_is_one_of_a_boolean_number_or_string(TypeKind kind)
    {
        var hasKeywords = Record.Exception(() => ScalarKeywords.Of(new TypeSchema { Kind = kind })) is null;

        Assert.Equal(hasKeywords && kind is not (TypeKind.Any or TypeKind.Value), KindContainment.IsIn(kind, TypeKind.Primitive));
    }
}
