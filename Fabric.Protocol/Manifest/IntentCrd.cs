namespace Fabric.Protocol.Manifest;

/// <summary>The Intent custom resource. Its status belongs to the agent alone, so its schema is open there.</summary>
internal static class IntentCrd
{
    public const string Yaml = """
        # The only document that needs the right to create CustomResourceDefinitions.
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: intents.fabric.io
        spec:
          group: fabric.io
          scope: Namespaced
          names: { kind: Intent, listKind: IntentList, plural: intents, singular: intent }
          versions:
            - name: v1alpha1
              served: true
              storage: true
              subresources: { status: {} }
              additionalPrinterColumns:
                - { name: Environment, type: string, jsonPath: .spec.environment }
                - { name: Generation, type: integer, jsonPath: .spec.generation }
                - { name: Health, type: string, jsonPath: .status.health }
                - { name: Reason, type: string, jsonPath: .status.reason }
                - { name: Age, type: date, jsonPath: .metadata.creationTimestamp }
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      properties:
                        entityId: { type: string }
                        tenant: { type: string }
                        environment: { type: string }
                        node: { type: string }
                        namespace: { type: string }
                        generation: { type: integer, format: int64 }
                        kind: { type: string }
                        jws: { type: string, description: "The signed intent. The other fields only mirror it." }
                        cancel: { type: string }
                    status:
                      type: object
                      x-kubernetes-preserve-unknown-fields: true

        """;
}
