using System.Net;
using System.Text.RegularExpressions;

namespace Fabric.Tests.Access;

/// <summary>As much of a browser as a sign-in needs: cookies, redirects and forms.</summary>
public sealed partial class Browser(string server) : IDisposable
{
    private readonly HttpClient http = new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(server) };

    /// <summary>Addresses that were shown, the newest last.</summary>
    public Uri Address { get; private set; } = new(server);

    public HttpStatusCode Status { get; private set; }

    public string Page { get; private set; } = "";

    public async Task OpenAsync(string address) => await ShowAsync(await http.GetAsync(address, TestContext.Current.CancellationToken));

    /// <summary>Sends the first form of the page whose address contains <paramref name="action"/>.</summary>
    public async Task SubmitAsync(string action, params (string Name, string Value)[] fields)
    {
        var form = Forms().Matches(Page).FirstOrDefault(match => match.Groups["action"].Value.Contains(action, StringComparison.Ordinal));
        Assert.True(form is not null, $"{Address} has no form for {action}: {Page}");
        var values = Hidden().Matches(form.Groups["inside"].Value).ToDictionary(input => Attribute(input.Value, "name"), input => Attribute(input.Value, "value"));
        foreach (var (name, value) in fields)
            values[name] = value;
        using var content = new FormUrlEncodedContent(values);
        await ShowAsync(await http.PostAsync(new Uri(Address, WebUtility.HtmlDecode(form.Groups["action"].Value)), content, TestContext.Current.CancellationToken));
    }

    public void Dispose() => http.Dispose();

    private async Task ShowAsync(HttpResponseMessage response)
    {
        using (response)
        {
            (Address, Status) = (response.RequestMessage!.RequestUri!, response.StatusCode);
            Page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
    }

    private static string Attribute(string tag, string name) => WebUtility.HtmlDecode(Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<form[^>]*action=\"(?<action>[^\"]+)\"[^>]*>(?<inside>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
