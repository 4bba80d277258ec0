import { Graph } from '@antv/x6';
import { offline } from '../connection';
import { DesignCard } from './card';
import { DesignEdge, DotNet } from './model';

interface Surface {
  host: HTMLElement;
  cards: Map<string, DesignCard>;
  edges: Map<string, DesignEdge>;
  graph: Graph;
  dotnet: DotNet;
  editable: boolean;
  focus(name: string): void;
  select(names: string[]): void;
  selected(): string[];
  edge(): DesignEdge | null;
  nudge(dx: number, dy: number): void;
  fit(): void;
  centre(): [number, number];
}

const clip = 'fabric-clipboard';
const steps: Record<string, [number, number]> = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8] };

/** Everything that can be done with keys alone. Keys that a field wants stay its own. */
export function commands(on: Surface): () => void {
  // The focus decides: an event of the clipboard is told to whatever was clicked last.
  const inField = () => (document.activeElement?.closest('input, textarea, select, [contenteditable="true"], .cm-editor, [role="dialog"]') ?? null) !== null;
  const inCanvas = () => on.host.contains(document.activeElement) || document.activeElement === document.body || document.activeElement === null;

  const asked = () => document.querySelector('[aria-modal="true"]') !== null;

  function walk(key: string, from: DesignCard): void {
    const place = (card: DesignCard) => on.graph.getCellById(card.node.name)!.getBBox();
    const here = place(from);
    const linked = (near: 'from' | 'to', far: 'from' | 'to') =>
      [...on.edges.values()].filter(edge => edge[near] === from.node.name).map(edge => on.cards.get(edge[far])).filter(card => card !== undefined);
    const nearest = (of: DesignCard[]) => of.sort((a, b) => distance(a) - distance(b))[0];
    const distance = (card: DesignCard) => Math.hypot(place(card).x - here.x, 2 * (place(card).y - here.y));
    const others = [...on.cards.values()].filter(card => card !== from);
    const next =
      key === 'ArrowRight' ? nearest(linked('from', 'to')) ?? nearest(others.filter(card => place(card).x > here.x)) :
      key === 'ArrowLeft' ? nearest(linked('to', 'from')) ?? nearest(others.filter(card => place(card).x < here.x)) :
      key === 'ArrowDown' ? nearest(others.filter(card => place(card).y > here.y && Math.abs(place(card).x - here.x) < 200)) :
      nearest(others.filter(card => place(card).y < here.y && Math.abs(place(card).x - here.x) < 200));
    if (!next) return;
    on.focus(next.node.name);
    on.select([next.node.name]);
  }

  function withControl(event: KeyboardEvent): boolean {
    switch (event.key.toLowerCase()) {
      case 'z': return on.editable && call(event.shiftKey ? 'Redo' : 'Undo');
      case 'y': return on.editable && call('Redo');
      case 'a': on.select([...on.cards.keys()]); return true;
      case 'f': return call('Find');
      case 'd': return on.editable && call('Duplicate', on.selected());
      default: return false;
    }
  }

  function call(method: string, ...values: unknown[]): boolean {
    void on.dotnet.invokeMethodAsync(method, ...values);
    return true;
  }

  function remove(): boolean {
    const edge = on.edge();
    if (edge) return call('Disconnect', edge.from, edge.to);
    return on.selected().length > 0 && call('Remove', on.selected());
  }

  function onCard(event: KeyboardEvent, card: DesignCard): boolean {
    const name = card.node.name;
    switch (event.key) {
      case 'Enter': on.select([name]); return call('Open', name);
      case ' ': on.select(on.selected().includes(name) ? on.selected().filter(other => other !== name) : [...on.selected(), name]); return true;
      case 'c': return on.editable && call('ConnectFrom', name);
      case 'm': return on.editable && call('Menu', name);
      case 'ArrowLeft': case 'ArrowRight': case 'ArrowUp': case 'ArrowDown':
        if (event.altKey && on.editable) on.nudge(...steps[event.key]);
        else walk(event.key, card);
        return true;
      default: return false;
    }
  }

  function plain(event: KeyboardEvent): boolean {
    switch (event.key) {
      case '/': return on.editable && call('AddHere', ...on.centre());
      case 'Delete': case 'Backspace': return on.editable && remove();
      case 'Escape': on.select([]); return true;
      case 'F2': return on.selected().length === 1 && call('Open', on.selected()[0]);
      case '1': on.fit(); return true;
      default: return false;
    }
  }

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || inField() || asked() || offline()) return;
    const control = event.ctrlKey || event.metaKey;
    const card = on.cards.get((event.target as HTMLElement).closest?.<HTMLElement>('.dc')?.dataset.node ?? '');
    const done = control ? (inCanvas() || 'zy'.includes(event.key.toLowerCase())) && withControl(event)
      : (card !== undefined && onCard(event, card)) || (event.key === '/' || inCanvas()) && plain(event);
    if (done) event.preventDefault();
  }

  async function copy(event: ClipboardEvent): Promise<void> {
    if (inField() || asked() || !inCanvas() || offline() || on.selected().length === 0 || String(getSelection()).length > 0) return;
    event.preventDefault();
    const names = on.selected();
    const text = await on.dotnet.invokeMethodAsync<string>('Copy', names);
    // Between pages of this server it works wherever the browser forbids the clipboard.
    localStorage.setItem(clip, text);
    await navigator.clipboard?.writeText(text).catch(() => undefined);
    if (event.type === 'cut' && on.editable) call('Remove', names);
  }

  function paste(event: ClipboardEvent): void {
    if (inField() || asked() || !inCanvas() || !on.editable || offline()) return;
    event.preventDefault();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    // Where the browser forbids the clipboard, what was copied on a page of this server.
    call('Paste', text || (localStorage.getItem(clip) ?? ''));
  }

  document.addEventListener('keydown', press);
  document.addEventListener('copy', copy);
  document.addEventListener('cut', copy);
  document.addEventListener('paste', paste);
  return () => {
    document.removeEventListener('keydown', press);
    document.removeEventListener('copy', copy);
    document.removeEventListener('cut', copy);
    document.removeEventListener('paste', paste);
  };
}
