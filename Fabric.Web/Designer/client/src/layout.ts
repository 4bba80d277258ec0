import dagre from '@dagrejs/dagre';
import { GraphNode, height, width } from './model';

export interface Point { x: number; y: number }

/** Places every node: where it says, or, as soon as one does not say, all of them from left to right. */
export function layout(nodes: GraphNode[]): Map<string, Point> {
  if (nodes.every(node => node.x !== null && node.y !== null))
    return new Map(nodes.map(node => [node.name, { x: node.x!, y: node.y! }]));
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 44, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  const names = new Set(nodes.map(node => node.name));
  for (const node of nodes) graph.setNode(node.name, { width, height });
  for (const node of nodes)
    for (const source of node.dependsOn)
      if (names.has(source)) graph.setEdge(source, node.name);
  dagre.layout(graph);
  return new Map(nodes.map(node => {
    const at = graph.node(node.name);
    return [node.name, { x: at.x - width / 2, y: at.y - height / 2 }];
  }));
}
