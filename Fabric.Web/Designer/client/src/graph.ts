import { Graph, Shape } from '@antv/x6';
import { Card } from './card';
import { dots } from './dots';
import { keys } from './keys';
import { layout } from './layout';
import { GraphNode, height, Paint, width } from './model';

interface DotNet { invokeMethodAsync(method: string, ...values: unknown[]): Promise<unknown> }

const cards = new WeakMap<object, Card>();

Shape.HTML.register({
  shape: 'fabric-card',
  width,
  height,
  effect: ['data'],
  html: cell => cards.get(cell)!.element,
});

/** Draws nodes on an element and tells .NET which one was chosen. Nothing can be moved or edited. */
export function create(element: HTMLElement, dotnet: DotNet) {
  const byName = new Map<string, Card>();
  let selected: string | null = null;
  let touched = false;
  const graph = new Graph({
    container: element,
    autoResize: true,
    interacting: false,
    panning: { enabled: true, eventTypes: ['leftMouseDown', 'mouseWheelDown'] },
    mousewheel: { enabled: true, modifiers: ['ctrl', 'meta'], minScale: 0.2, maxScale: 2, factor: 1.1 },
  });
  dots(element.parentElement ?? element, graph);
  graph.on('blank:mousedown', () => { touched = true; });
  graph.on('scale', () => { if (!fitting) touched = true; });
  graph.on('node:click', ({ node }) => choose(node.id));
  graph.on('blank:click', () => choose(null));

  let fitting = false;
  function fit(): void {
    fitting = true;
    graph.zoomToFit({ padding: 24, maxScale: 1, minScale: 0.2 });
    fitting = false;
    touched = false;
  }

  const resized = new ResizeObserver(() => requestAnimationFrame(() => { if (!touched && byName.size > 0) fit(); }));
  resized.observe(element.parentElement ?? element);

  function mark(name: string | null): void {
    selected = name;
    for (const card of byName.values()) card.select(card.node.name === name);
  }

  function choose(name: string | null): void {
    if (name === selected) return;
    mark(name);
    void dotnet.invokeMethodAsync('Choose', name);
  }

  const unbind = keys(element, byName, choose, name => graph.getCellById(name));

  function load(nodes: GraphNode[]): void {
    const places = layout(nodes);
    const ordered = [...nodes].sort((a, b) => places.get(a.name)!.x - places.get(b.name)!.x || places.get(a.name)!.y - places.get(b.name)!.y);
    byName.clear();
    graph.clearCells();
    for (const node of ordered) {
      const card = new Card(node);
      byName.set(node.name, card);
      const cell = graph.createNode({ shape: 'fabric-card', id: node.name, ...places.get(node.name)! });
      cards.set(cell, card);
      graph.addNode(cell);
    }
    for (const node of ordered)
      for (const source of node.dependsOn.filter(name => byName.has(name)))
        graph.addEdge(edge(source, node));
    const first = byName.values().next().value;
    if (first) first.element.tabIndex = 0;
    mark(selected);
    fit();
  }

  function paint(paints: Record<string, Paint>): void {
    for (const [name, value] of Object.entries(paints)) byName.get(name)?.show(value);
    for (const line of graph.getEdges()) {
      const target = byName.get(line.getTargetCellId());
      const view = graph.findViewByCell(line);
      view?.container.classList.toggle('lit', target?.paint.css === 'st-working');
    }
  }

  return {
    load,
    paint,
    select: mark,
    fit,
    zoom: (step: number) => { touched = true; graph.zoom(step, { minScale: 0.2, maxScale: 2 }); },
    dispose: () => { resized.disconnect(); unbind(); graph.dispose(); },
  };
}

function edge(source: string, node: GraphNode) {
  const mark = node.marks?.[source];
  return {
    labels: mark ? [sign(mark)] : [],
    shape: 'edge',
    source: { cell: source, anchor: { name: 'right' }, connectionPoint: 'anchor' },
    target: { cell: node.name, anchor: { name: 'left' }, connectionPoint: 'anchor' },
    connector: { name: 'smooth', args: { direction: 'H' } },
    zIndex: -1,
    attrs: {
      line: {
        class: ['gc-edge', node.bindings.includes(source) ? '' : 'bare', mark ?? ''].filter(Boolean).join(' '),
        stroke: 'var(--graph-edge)',
        strokeWidth: 1.5,
        targetMarker: null,
      },
    },
  };
}

/** Colour is never the only sign. */
function sign(mark: string) {
  const [text, fill] = mark === 'added' ? ['+', 'var(--good)'] : mark === 'critical' ? ['◆', 'var(--text)'] : ['−', 'var(--bad)'];
  return {
    attrs: {
      body: { fill: 'var(--bg)', stroke: 'none' },
      label: { text, fill, fontSize: 14, fontWeight: 600 },
    },
    position: 0.5,
  };
}
