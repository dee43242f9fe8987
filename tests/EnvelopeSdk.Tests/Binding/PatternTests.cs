using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>Published patterns mean what ECMA-262 says, which is not always what .NET would.</summary>
public sealed class PatternTests
{
    [Theory]
    [InlineData("^a$", "a", "a\n")]
    [InlineData(@"^[^\n\r\u2028\u2029]{1,2}$", "😀😀", "😀😀😀", "")]
    [InlineData("^[^a]$", "😀", "a", "bb")]
    [InlineData("^[^0-9]{2}$", "é😀", "1é")]
    [InlineData("^😀+$", "😀😀", "😀a")]
    [InlineData(@"^\s$", "\ufeff", "\u0085")]
    [InlineData(@"^\S$", "\u0085", "\ufeff", " ")]
    [InlineData(@"^[\s_]{2}$", "\ufeff_", "\u0085_")]
    [InlineData(@"^[^\s]$", "😀", "\ufeff")]
    [InlineData(@"^\$[$]\\$", @"$$\", "$$")]
    [InlineData(@"^(?:[A-Z]{2})?$", "AB", "AB\n")]
    public void A_string_matches_as_ECMA_262_says(string pattern, string right, params string[] wrong)
    {
        Assert.True(JsonInput.Matches(right, pattern));
        Assert.All(wrong, text => Assert.False(JsonInput.Matches(text, pattern)));
    }
}
