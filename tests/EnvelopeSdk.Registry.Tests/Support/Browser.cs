using Deque.AxeCore.Commons;
using EnvelopeSdk.Tests.Support;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>A Chromium without a window, which nothing but this test uses.</summary>
internal sealed class Browser : IDisposable
{
    private const string ChromiumName = "chromium";
    private const string DriverName = "chromedriver";

    private readonly TempDirectory _profile = new();
    private readonly ChromeDriver _driver;
    private readonly bool _runsScripts;

    /// <param name="isDark">Whether its user prefers dark pages.</param>
    /// <param name="runsScripts">Whether pages may run scripts.</param>
    public Browser(bool isDark = false, bool runsScripts = true)
    {
        _runsScripts = runsScripts;
        var options = new ChromeOptions { BinaryLocation = PathOf(ChromiumName) };
        options.AddArguments(
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--window-size=1280,900",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            $"--user-data-dir={_profile.FullPath}", $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}");
        if (!runsScripts)
        {
            options.AddUserProfilePreference("profile.managed_default_content_settings.javascript", 2);
        }

        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        var service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(PathOf(DriverName)), DriverName);
        service.HideCommandPromptWindow = true;
        _driver = new(service, options);
    }

    /// <summary>Why a test is skipped that needs a browser; null when it is there.</summary>
    public static string? WhySkipped { get; } = Programs.IsInstalled(ChromiumName) && Programs.IsInstalled(DriverName)
        ? null
        : "Not installed: chromium. On Debian: apt-get install chromium chromium-driver";

    /// <summary>What the page says, also when it is another one in the middle of reading.</summary>
    public string Text => WhenThere(() => _driver.FindElement(By.TagName("main")).Text);

    public string Address => _driver.Url;

    /// <summary>What the browser complained of: what the policy refuses, and what is not there.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. _driver.Manage().Logs.GetLog(LogType.Browser).Select(entry => entry.Message)];

    public void Open(string address) => _driver.Navigate().GoToUrl(address);

    public void Click(string css) => WhenThere(() => _driver.FindElement(By.CssSelector(css)).Click());

    public void Follow(string text) => WhenThere(() => _driver.FindElement(By.LinkText(text)).Click());

    public void Type(string css, string text) =>
        WhenThere(() => _driver.FindElement(By.CssSelector(css)).SendKeys(text));

    public void Erase(string css) => WhenThere(() => _driver.FindElement(By.CssSelector(css)).Clear());

    /// <summary>What stands in a field.</summary>
    public string? Value(string css) => WhenThere(() => _driver.FindElement(By.CssSelector(css)).GetDomProperty("value"));

    public void Press(string key) => _driver.SwitchTo().ActiveElement().SendKeys(key);

    /// <summary>The text of what has the focus.</summary>
    public string Focused => _driver.SwitchTo().ActiveElement().Text;

    /// <summary>That the page says something, now or when it has come.</summary>
    public void Shows(string text)
    {
        Wait(() => Text.Contains(text, StringComparison.Ordinal));
        Assert.Contains(text, Text, StringComparison.Ordinal);
    }

    /// <summary>That a part of the address is so, now or when the page has come.</summary>
    public void IsAt(string part)
    {
        Wait(() => Address.Contains(part, StringComparison.Ordinal));
        Assert.Contains(part, Address, StringComparison.Ordinal);
    }

    /// <summary>That no part of the address is so, now or when the page has come.</summary>
    public void IsNotAt(string part)
    {
        Wait(() => !Address.Contains(part, StringComparison.Ordinal));
        Assert.DoesNotContain(part, Address, StringComparison.Ordinal);
    }

    /// <summary>The text of something on the page.</summary>
    public string TextOf(string css) => WhenThere(() => _driver.FindElement(By.CssSelector(css)).Text);

    /// <summary>How many of something the page has.</summary>
    public int Count(string css) => _driver.FindElements(By.CssSelector(css)).Count;

    /// <summary>Does what leads to another page, and waits until that has come.</summary>
    public void Leave(Action act)
    {
        var before = _driver.FindElement(By.TagName("main"));
        act();
        Wait(() => IsGone(before) && "complete".Equals(_driver.ExecuteScript("return document.readyState")));
    }

    /// <summary>That the page has so many of something, now or when it has come.</summary>
    public void Has(int count, string css)
    {
        Wait(() => Count(css) == count);
        Assert.Equal(count, Count(css));
    }

    /// <summary>The colour of a page's ground, as <c>rgba(20, 23, 26, 1)</c>.</summary>
    public string Ground => _driver.FindElement(By.TagName("body")).GetCssValue("background-color");

    /// <summary>Writes what the window shows into a file, as PNG.</summary>
    public void TakePicture(string path) => _driver.GetScreenshot().SaveAsFile(path);

    /// <summary>What axe-core finds that hinders somebody, as lines. It is a script, which the page has to run.</summary>
    public IReadOnlyList<string> Hindrances()
    {
        Assert.True(_runsScripts, "Nothing would ever answer.");
        var found = WhenThere(() =>
        {
            _driver.ExecuteScript(new BundledAxeScriptProvider().GetScript());
            return _driver.ExecuteAsyncScript(
                "const done = arguments[arguments.length - 1]; axe.run().then(r => done(r.violations.map(v => "
                + "v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html).slice(0, 3).join(' '))));");
        });
        return [.. ((IEnumerable<object>)found!).Cast<string>()];
    }

    public void Dispose()
    {
        _driver.Quit();
        _driver.Dispose();
        _profile.Dispose();
    }

    private static bool IsGone(IWebElement element)
    {
        try
        {
            return !element.Enabled;
        }
        catch (WebDriverException)
        {
            return true;
        }
    }

    /// <summary>Who clicks may still see the page before for a while.</summary>
    private static void Wait(Func<bool> isSo)
    {
        for (var attempt = 0; attempt < 200 && !isSo(); attempt++)
        {
            Thread.Sleep(50);
        }
    }

    private static void WhenThere(Action act) => WhenThere(() =>
    {
        act();
        return true;
    });

    /// <summary>
    /// A page comes while it is looked at, and on a busy machine slowly: what was found may be of the page before, which
    /// the driver tells in several ways. Nothing was done then.
    /// </summary>
    private static T WhenThere<T>(Func<T> look)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return look();
            }
            catch (WebDriverException) when (attempt < 200)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static string PathOf(string program) => Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator).Select(path => Path.Combine(path, program)).First(File.Exists);
}

/// <summary>A test that looks at pages, and is skipped where there is no browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.WhySkipped;
}

/// <summary>The same for a test with several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Browser.WhySkipped;
}
