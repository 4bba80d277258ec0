import dagre from '@dagrejs/dagre';
import { height, width } from '../model';
import { DesignEdge, DesignNode } from './model';

export type Places = Record<string, [number, number]>;

const snap = (value: number) => Math.round(value / 8) * 8;

/** Places every node from left to right, in the order of its dependencies. */
export function tidy(nodes: string[], edges: { from: string; to: string }[]): Places {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 32, ranksep: 64, marginx: 40, marginy: 40 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of nodes) graph.setNode(name, { width, height });
  for (const { from, to } of edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
  dagre.layout(graph);
  return Object.fromEntries(nodes.map(name => {
    const at = graph.node(name);
    return [name, [snap(at.x - width / 2), snap(at.y - height / 2)]];
  }));
}

/** Where nodes are drawn: where they say; those that do not say go below the others, or all are tidied when none says. */
export function places(nodes: DesignNode[], edges: DesignEdge[]): Places {
  const said = nodes.filter(node => node.x !== null && node.y !== null);
  const rest = nodes.filter(node => node.x === null || node.y === null);
  const result: Places = Object.fromEntries(said.map(node => [node.name, [node.x!, node.y!]]));
  if (rest.length === 0) return result;
  const names = new Set(rest.map(node => node.name));
  const tidied = tidy([...names], edges.filter(edge => names.has(edge.from) && names.has(edge.to)));
  const below = said.length === 0 ? 0 : Math.max(...said.map(node => node.y!)) + height + 48;
  const left = said.length === 0 ? 0 : Math.min(...said.map(node => node.x!)) - 40;
  for (const [name, [x, y]] of Object.entries(tidied)) result[name] = [x + left, y + below - (said.length === 0 ? 0 : 40)];
  return result;
}

/** Lines nodes up along one side, or spreads them evenly. */
export function align(at: Places, how: 'left' | 'top' | 'across' | 'down'): Places {
  const names = Object.keys(at);
  const axis = how === 'left' || how === 'across' ? 0 : 1;
  const sorted = [...names].sort((a, b) => at[a][axis] - at[b][axis]);
  const [first, last] = [at[sorted[0]][axis], at[sorted[sorted.length - 1]][axis]];
  return Object.fromEntries(sorted.map((name, index) => {
    const to: [number, number] = [...at[name]];
    to[axis] = how === 'left' || how === 'top' ? first : Math.round(first + ((last - first) * index) / Math.max(1, sorted.length - 1));
    return [name, to];
  }));
}
