namespace Plugin;

public static class Rule
{
    public static readonly int Weight = 7;
}
