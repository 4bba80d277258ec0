import { Edge, Graph } from '@antv/x6';
import { DesignEdge } from './model';

/** How an edge is drawn: dashed when no value flows along it. */
export function line(id: string, edge: DesignEdge) {
  return {
    shape: 'edge',
    id,
    source: { cell: edge.from, anchor: { name: 'right' }, connectionPoint: 'anchor' },
    target: { cell: edge.to, anchor: { name: 'left' }, connectionPoint: 'anchor' },
    connector: { name: 'smooth', args: { direction: 'H' } },
    zIndex: -1,
    attrs: {
      line: { class: edge.bare ? 'gc-edge bare' : 'gc-edge', stroke: 'var(--graph-edge)', strokeWidth: 1.5, targetMarker: { name: 'classic', size: 6 } },
    },
  };
}

/** The two buttons that show on an edge under the pointer. Keyboards find the same in the inspector. */
export function edgeTools(graph: Graph, on: { insert(edge: Edge): void; remove(edge: Edge): void }): void {
  graph.on('edge:mouseenter', ({ edge }) => {
    edge.addTools([
      button('+', 'Put a node between', '40%', () => on.insert(edge)),
      button('×', 'Remove this edge', '60%', () => on.remove(edge)),
    ]);
  });
  graph.on('edge:mouseleave', ({ edge }) => edge.removeTools());
}

function button(text: string, title: string, distance: string, press: () => void) {
  return {
    name: 'button',
    args: {
      distance,
      markup: [
        { tagName: 'circle', selector: 'button', attrs: { r: 9, cursor: 'pointer', class: 'dc-tool' } },
        { tagName: 'text', selector: 'label', textContent: text, attrs: { class: 'dc-tool-text', 'text-anchor': 'middle', y: '0.35em', 'pointer-events': 'none' } },
        { tagName: 'title', textContent: title },
      ],
      onClick: press,
    },
  };
}
