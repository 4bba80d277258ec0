/** What a field or an output is: its path, what people read, its type in words. */
export interface Port {
  path: string;
  title: string;
  type: string;
  required: boolean;
}

/** The ports that all nodes of one entity type have. */
export interface TypePorts {
  ins: Port[];
  outs: Port[];
}

/** A node as the server sends it. */
export interface DesignNode {
  name: string;
  title: string;
  line: string;
  icon: string;
  type: string | null;
  gate: boolean;
  x: number | null;
  y: number | null;
  noOp: boolean;
  inherited: boolean;
  faults: number;
  bound: Record<string, string>;
}

/** An edge: with values that flow along it, or bare. */
export interface DesignEdge {
  from: string;
  to: string;
  label: string;
  bare: boolean;
}

/** What is different from what the canvas has. */
export interface Change {
  all: boolean;
  types: Record<string, TypePorts>;
  nodes: DesignNode[];
  gone: string[];
  edges: DesignEdge[];
  goneEdges: string[];
}

/** An input that fits what is being dragged. */
export interface Fit {
  node: string;
  input: string;
}

export interface DotNet {
  invokeMethodAsync<T = void>(method: string, ...values: unknown[]): Promise<T>;
}

export const edgeId = (from: string, to: string) => `${from}>${to}`;
