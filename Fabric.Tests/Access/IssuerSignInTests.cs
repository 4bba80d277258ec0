using System.Net;

namespace Fabric.Tests.Access;

/// <summary>Code and PKCE through a real issuer: in, refused, out.</summary>
public sealed class IssuerSignInTests(Issuer issuer) : IClassFixture<Issuer>
{
    [Theory]
    [InlineData("kim", "/portal", HttpStatusCode.OK)]
    [InlineData("sam", "/console", HttpStatusCode.Forbidden)]
    public async Task Somebody_with_a_role_gets_in_and_where_they_wanted_to_go(string person, string page, HttpStatusCode tokens)
    {
        using var browser = new Browser(issuer.Server.Address);
        await SignInAsync(browser, person, page);
        Assert.Equal((HttpStatusCode.OK, page), (browser.Status, browser.Address.AbsolutePath));
        await browser.OpenAsync("/api/v1/environments");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        await browser.OpenAsync("/api/v1/tokens");
        Assert.Equal(tokens, browser.Status);
    }

    [Theory]
    [InlineData("lee")]
    [InlineData("mal")]
    public async Task Somebody_without_a_role_that_fits_is_refused_by_a_page_whatever_else_the_issuer_claims(string person)
    {
        using var browser = new Browser(issuer.Server.Address);
        await SignInAsync(browser, person, "/portal");
        Assert.Equal((HttpStatusCode.Forbidden, "/signin/refused"), (browser.Status, browser.Address.AbsolutePath));
        Assert.Contains("Fabric does not know you", browser.Page, StringComparison.Ordinal);
        Assert.Contains(person, browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/api/v1/environments");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        await browser.OpenAsync("/console");
        Assert.Equal("/signin/refused", browser.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_customer_at_the_vendors_pages_hears_that_they_are_for_another_role()
    {
        using var browser = new Browser(issuer.Server.Address);
        await SignInAsync(browser, "kim", "/console");
        Assert.Equal((HttpStatusCode.Forbidden, "/signin/refused"), (browser.Status, browser.Address.AbsolutePath));
        Assert.Contains("Not for your role", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signs_out_is_out_here_and_at_the_issuer()
    {
        using var browser = new Browser(issuer.Server.Address);
        await SignInAsync(browser, "lee", "/portal");
        await browser.SubmitAsync("/signout");
        Assert.StartsWith(issuer.Address, browser.Address.ToString(), StringComparison.Ordinal);
        await browser.SubmitAsync("/session/end/confirm", ("logout", "yes"));
        Assert.Equal("/signin", browser.Address.AbsolutePath);
        await browser.OpenAsync("/portal");
        Assert.Equal("/signin", browser.Address.AbsolutePath);
        await browser.OpenAsync("/signin/challenge");
        Assert.Contains("name=\"login\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_nobody_began_is_refused_by_a_page()
    {
        using var browser = new Browser(issuer.Server.Address);
        await browser.OpenAsync("/signin-oidc?code=stolen&state=made-up");
        Assert.Equal((HttpStatusCode.Forbidden, "/signin/refused"), (browser.Status, browser.Address.AbsolutePath));
    }

    private static async Task SignInAsync(Browser browser, string person, string page)
    {
        await browser.OpenAsync(page);
        Assert.Equal("/signin", browser.Address.AbsolutePath);
        Assert.Contains("/signin/challenge", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/signin/development", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/signin/challenge?returnUrl={Uri.EscapeDataString(page)}");
        await browser.SubmitAsync("/interaction/", ("prompt", "login"), ("login", person), ("password", "any"));
        await browser.SubmitAsync("/interaction/", ("prompt", "consent"));
    }
}
