using System.Text.Json.Nodes;

namespace Fabric.Web.Controls.Forms;

/// <summary>What fields stand in: it takes their values. A whole form, or the inspector of the designer.</summary>
public interface IFieldHost
{
    /// <summary>A field has another value.</summary>
    /// <param name="path">Dotted path from the root of the values.</param>
    /// <param name="value">Null leaves it to the default.</param>
    Task SetAsync(string path, JsonNode? value);
}
