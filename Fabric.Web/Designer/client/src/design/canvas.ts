import { Cell, Edge, Graph, Node, Selection, Shape, Snapline } from '@antv/x6';
import { height, width } from '../model';
import { align, Places, places, tidy } from './arrange';
import { DesignCard } from './card';
import { commands } from './commands';
import { offline, onBack } from '../connection';
import { dots } from '../dots';
import { drop } from './drop';
import { edgeTools, line } from './edges';
import { minimap } from './minimap';
import { Change, DesignEdge, DesignNode, DotNet, edgeId, TypePorts } from './model';
import { wire } from './wire';

const drawn = new WeakMap<object, DesignCard>();

Shape.HTML.register({ shape: 'fabric-design-card', width, height, effect: ['data'], html: cell => drawn.get(cell)!.element });

/** The canvas on which a blueprint is edited. It keeps no truth: what a person does goes to .NET, and what comes back is drawn. */
export function design(host: HTMLElement, box: HTMLElement, map: HTMLCanvasElement, dotnet: DotNet, editable: boolean) {
  const cards = new Map<string, DesignCard>();
  const nodes = new Map<string, DesignNode>();
  const edges = new Map<string, DesignEdge>();
  const types: Record<string, TypePorts> = {};
  let selected: string[] = [];
  let selectedEdge: string | null = null;
  let telling = true;

  const graph = new Graph({
    container: box,
    autoResize: true,
    interacting: () => ({ nodeMovable: editable && !offline(), edgeMovable: false, edgeLabelMovable: false, arrowheadMovable: false, vertexMovable: false, magnetConnectable: false }),
    grid: { visible: false, size: 8 },
    panning: { enabled: true, eventTypes: ['leftMouseDown', 'mouseWheelDown'] },
    mousewheel: { enabled: true, modifiers: ['ctrl', 'meta'], minScale: 0.1, maxScale: 2, factor: 1.1 },
  });
  graph.use(new Selection({ enabled: true, multiple: true, rubberband: true, modifiers: ['shift'], multipleSelectionModifiers: ['ctrl', 'meta', 'shift'], movable: editable }));
  if (editable) graph.use(new Snapline({ enabled: true, clean: true }));
  const small = minimap(map, graph);
  dots(host, graph);

  function follows(from: string, to: string): boolean {
    // "to" may not wait for "from" when "from" waits for "to" already.
    const open = [from];
    const seen = new Set<string>();
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (name === to) return true;
      if (seen.has(name)) continue;
      seen.add(name);
      for (const edge of edges.values()) if (edge.to === name) open.push(edge.from);
    }
    return false;
  }

  function at(): Places {
    return Object.fromEntries(graph.getNodes().map(node => {
      const { x, y } = node.getPosition();
      return [node.id, [Math.round(x), Math.round(y)]];
    }));
  }

  /** Puts nodes somewhere and tells of those that the text has elsewhere. */
  function moved(wanted: Places): void {
    const changed = Object.entries(wanted).filter(([name, [x, y]]) => nodes.get(name)?.x !== x || nodes.get(name)?.y !== y);
    for (const [name, [x, y]] of changed) (graph.getCellById(name) as Node | null)?.setPosition(x, y);
    if (changed.length > 0) void dotnet.invokeMethodAsync('Move', changed.map(([name]) => name), changed.flatMap(([, place]) => place));
  }

  function put(node: DesignNode, place: [number, number]): void {
    nodes.set(node.name, node);
    const ports = node.type === null ? undefined : types[node.type];
    const card = cards.get(node.name);
    if (card) {
      card.update(node, ports);
      (graph.getCellById(node.name) as Node).setPosition(...place);
      return;
    }
    const made = new DesignCard(node, ports);
    cards.set(node.name, made);
    const cell = graph.createNode({ shape: 'fabric-design-card', id: node.name, x: place[0], y: place[1] });
    drawn.set(cell, made);
    graph.addNode(cell);
  }

  function take(name: string): void {
    graph.removeCell(name);
    cards.delete(name);
    nodes.delete(name);
  }

  function connect(edge: DesignEdge): void {
    const id = edgeId(edge.from, edge.to);
    const before = edges.get(id);
    edges.set(id, edge);
    if (before && before.bare === edge.bare) return;
    if (before) graph.removeCell(id);
    if (cards.has(edge.from) && cards.has(edge.to)) graph.addEdge(line(id, edge));
  }

  function apply(change: Change): void {
    const began = performance.now();
    telling = false;
    Object.assign(types, change.types);
    if (change.all) {
      graph.clearCells();
      cards.clear();
      nodes.clear();
      edges.clear();
    }
    for (const id of change.goneEdges) {
      graph.removeCell(id);
      edges.delete(id);
    }
    for (const name of change.gone) take(name);
    const known = new Map(change.nodes.map(node => [node.name, node]));
    const all = [...[...nodes.values()].filter(node => !known.has(node.name)), ...change.nodes];
    const where = places(all, [...edges.values(), ...change.edges]);
    graph.batchUpdate(() => {
      for (const node of change.nodes) put(node, where[node.name]);
      for (const edge of change.edges) connect(edge);
    });
    rove();
    telling = true;
    select(selected.filter(name => cards.has(name)), selectedEdge !== null && edges.has(selectedEdge) ? selectedEdge : null);
    small.draw();
    if (change.all) {
      fit();
      // To the frame in which the browser has painted it, for whoever measures.
      requestAnimationFrame(() => setTimeout(() => performance.measure('fabric-drawn', { start: began, end: performance.now() })));
    }
  }

  /** Exactly one card is a stop of the Tab key. */
  function rove(): void {
    const stops = [...cards.values()];
    if (stops.length > 0 && !stops.some(card => card.element.tabIndex === 0)) stops[0].element.tabIndex = 0;
  }

  function mark(): void {
    for (const [name, card] of cards) card.select(selected.includes(name), selected.length === 1);
    for (const edge of graph.getEdges()) graph.findViewByCell(edge)?.container.classList.toggle('chosen', edge.id === selectedEdge);
  }

  function select(names: string[], edge: string | null = null): void {
    telling = false;
    selected = names;
    selectedEdge = edge;
    graph.resetSelection(edge ? [...names, edge] : names);
    telling = true;
    mark();
  }

  graph.on('selection:changed', ({ selected: cells }: { selected: Cell[] }) => {
    if (!telling) return;
    const chosen = cells.filter(cell => cell.isNode()).map(cell => cell.id);
    selectedEdge = chosen.length === 0 ? cells.find(cell => cell.isEdge())?.id ?? null : null;
    selected = chosen;
    mark();
    const edge = selectedEdge ? edges.get(selectedEdge) : undefined;
    void dotnet.invokeMethodAsync('Select', selected, edge?.from ?? null, edge?.to ?? null);
  });
  graph.on('node:contextmenu', ({ e, node }) => {
    e.preventDefault();
    if (editable) void dotnet.invokeMethodAsync('Menu', node.id);
  });
  graph.on('node:mouseenter', ({ node }) => front(node));
  graph.on('node:moved', ({ node }) => {
    const now = at();
    const dragged = selected.includes(node.id) ? selected : [node.id];
    moved(Object.fromEntries(dragged.map(name => [name, now[name]])));
  });
  graph.on('node:mousedown', ({ node }) => focus(node.id));
  graph.on('node:dblclick', ({ node }) => void dotnet.invokeMethodAsync('Open', node.id));
  if (editable) edgeTools(graph, {
    insert: edge => void dotnet.invokeMethodAsync('AddBetween', ...middle(edge), edges.get(edge.id)!.from, edges.get(edge.id)!.to),
    remove: edge => void dotnet.invokeMethodAsync('Disconnect', edges.get(edge.id)!.from, edges.get(edge.id)!.to),
  });

  /** Above its neighbours, so that its ports can be reached; the focus stays where it is. */
  function front(node: Node): void {
    const had = document.activeElement;
    const top = Math.max(...graph.getNodes().map(other => other.zIndex ?? 0));
    if ((node.zIndex ?? 0) === top && top > 0) return;
    node.setZIndex(top + 1);
    if (had instanceof HTMLElement && document.activeElement !== had) had.focus({ preventScroll: true });
  }

  function middle(edge: Edge): [number, number] {
    const [a, b] = [edge.getSourceNode()!.getBBox().getCenter(), edge.getTargetNode()!.getBBox().getCenter()];
    return [(a.x + b.x - width) / 2, (a.y + b.y - height) / 2];
  }

  function focus(name: string, frames = 30): void {
    for (const card of cards.values()) card.element.tabIndex = card.node.name === name ? 0 : -1;
    const element = cards.get(name)?.element;
    // The drawing library puts new cards on the page some frames later.
    if (element && !element.isConnected && frames > 0) requestAnimationFrame(() => focus(name, frames - 1));
    else element?.focus({ preventScroll: true });
  }

  function fit(): void {
    if (cards.size > 0) graph.zoomToFit({ padding: 48, maxScale: 1, minScale: 0.1 });
    small.draw();
  }

  function show(name: string): void {
    const cell = graph.getCellById(name);
    if (!cell) return;
    const card = graph.localToClient((cell as Node).getBBox());
    const seen = host.getBoundingClientRect();
    if (card.left < seen.left || card.right > seen.right || card.top < seen.top || card.bottom > seen.bottom) graph.centerCell(cell);
    focus(name);
  }

  /** The middle of what is on screen, or the first place below or beside it where no card stands. */
  function centre(): [number, number] {
    const area = graph.getGraphArea();
    const [left, top] = [area.x + area.width / 2 - width / 2, area.y + area.height / 2 - height / 2];
    const taken = graph.getNodes().map(node => node.getPosition());
    for (let step = 0; step < 1000; step++) {
      const [x, y] = [left + Math.floor(step / 4) * (width + 40), top + (step % 4) * (height + 32)];
      if (!taken.some(at => Math.abs(at.x - x) < width + 16 && Math.abs(at.y - y) < height + 16)) return [x, y];
    }
    return [left, top];
  }

  const picked = () => selected.length > 0 ? selected : [];
  const tools = {
    apply,
    select,
    show,
    fit,
    centre,
    zoom: (step: number) => graph.zoom(step, { minScale: 0.1, maxScale: 2 }),
    tidy: () => moved(tidy([...nodes.keys()], [...edges.values()])),
    align: (how: 'left' | 'top' | 'across' | 'down') => {
      const now = at();
      moved(align(Object.fromEntries(picked().map(name => [name, now[name]])), how));
    },
    nudge: (dx: number, dy: number) => {
      const now = at();
      moved(Object.fromEntries(picked().map(name => [name, [now[name][0] + dx, now[name][1] + dy]])));
    },
    dispose: () => {
      telling = false;
      ends.forEach(end => end());
      small.dispose();
      graph.dispose();
    },
  };
  const ends = [
    // What was done as the connection broke is not known to be saved: the saved drawing is drawn anew.
    onBack(() => void dotnet.invokeMethodAsync('Again')),
    commands({ host, cards, edges, graph, dotnet, editable, focus, select: names => graph.resetSelection(names), selected: () => selected, edge: () => selectedEdge ? edges.get(selectedEdge) ?? null : null, nudge: tools.nudge, fit, centre }),
    ...(editable ? [wire(host, graph, cards, dotnet, follows), drop(host, graph, dotnet)] : []),
  ];
  return tools;
}
