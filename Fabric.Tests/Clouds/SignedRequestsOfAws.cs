using Fabric.Workflows.Clouds.Aws;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Clouds;

/// <summary>Requests that no client signs, and refusals in our words.</summary>
public sealed class SignedRequestsOfAws
{
    private static readonly AwsKeys Keys = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);

    /// <summary>The case <c>post-x-www-form-urlencoded</c> of AWS's published test suite for signature version 4.</summary>
    [Fact]
    public void A_form_is_signed_over_type_host_and_date()
    {
        using var http = new HttpClient();
        var time = new FakeTimeProvider(new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));
        var requests = new AwsRequests(Options.Create(new AwsOptions { Endpoint = "https://example.amazonaws.com" }), http, time);
        using var request = requests.Sign(Keys, "service", "us-east-1", "application/x-www-form-urlencoded", "Param1=value1", null);
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            request.Headers.GetValues("Authorization").Single());
    }

    [Theory]
    [InlineData("""<ErrorResponse><Error><Code>AccessDenied</Code><Message>secret AKIA</Message></Error></ErrorResponse>""", "AccessDenied")]
    [InlineData("""{"__type":"com.amazon.coral.service#AccessDeniedException","message":"secret"}""", "AccessDeniedException")]
    [InlineData("""{"__type":"a sentence with a secret"}""", null)]
    [InlineData("not <json", null)]
    [InlineData("", null)]
    public void A_code_is_read_and_a_sentence_is_not(string body, string? code) => Assert.Equal(code, AwsFaults.CodeIn(body));

    [Theory]
    [InlineData("eu-central-1", true)]
    [InlineData("us-gov-west-1", true)]
    [InlineData("eu-central-1.thief.com/", false)]
    [InlineData("eu-central-1\n", false)]
    [InlineData("", false)]
    public void What_goes_into_host_names_is_a_region(string text, bool isOne) => Assert.Equal(isOne, AwsRegions.IsRegion(text));

    [Theory]
    [InlineData("iam", "eu-central-1", "https://iam.amazonaws.com/")]
    [InlineData("iam", "cn-northwest-1", "https://iam.cn-north-1.amazonaws.com.cn/")]
    [InlineData("iam", "us-gov-east-1", "https://iam.us-gov.amazonaws.com/")]
    [InlineData("tagging", "eu-central-1", "https://tagging.eu-central-1.amazonaws.com/")]
    public void Services_are_where_AWS_has_them(string service, string region, string address) => Assert.Equal(address, AwsRegions.Address(service, region).ToString());

    [Theory]
    [InlineData("fabric-apply", "fabric-apply")]
    [InlineData("a b/c", "a-b-c")]
    [InlineData("x", "fabric")]
    public void A_purpose_is_a_name_that_AWS_takes(string purpose, string name) => Assert.Equal(name, AwsSessions.SessionName(purpose));
}
