/** A node as the server sends it. Icons are SVG paths of a 24 × 24 box; the state table lives on the server alone. */
export interface GraphNode {
  name: string;
  title: string;
  icon: string;
  dependsOn: string[];
  bindings: string[];
  noOp: boolean;
  /** Source to class of the edge that comes from it, where it stands out: added, removed or critical. */
  marks?: Record<string, string> | null;
  x: number | null;
  y: number | null;
}

/** How a node looks now. */
export interface Paint {
  css: string;
  icon: string;
  word: string;
  line: string;
  percent: number;
  drifted: boolean;
}

export const width = 200;
export const height = 64;
