namespace Fabric.Web.Portal.Create;

/// <summary>The steps of the wizard, as they stand in its address.</summary>
public enum WizardStep
{
    /// <summary>Which blueprint.</summary>
    Product,

    /// <summary>Name, cloud and region.</summary>
    Where,

    /// <summary>Parameters, and outputs of what exists already.</summary>
    Configure,

    /// <summary>What will be made.</summary>
    Plan,
}
