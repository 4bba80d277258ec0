import { Graph } from '@antv/x6';
import { height, width } from '../model';
import { DotNet } from './model';

/** Dragging a type from the palette onto the canvas. The palette marks its items with data-add. */
export function drop(host: HTMLElement, graph: Graph, dotnet: DotNet): () => void {
  let item: string | null = null;
  let ghost: HTMLElement | null = null;
  let start = { x: 0, y: 0 };

  function down(event: PointerEvent): void {
    const found = (event.target as HTMLElement).closest<HTMLElement>('[data-add]');
    if (!found || event.button !== 0) return;
    item = found.dataset.add!;
    start = { x: event.clientX, y: event.clientY };
  }

  function move(event: PointerEvent): void {
    if (item === null) return;
    if (!ghost) {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < 5) return;
      ghost = document.createElement('div');
      ghost.className = 'dc-ghost';
      ghost.textContent = item;
      document.body.append(ghost);
    }
    ghost.style.transform = `translate(${event.clientX - 40}px, ${event.clientY - 20}px)`;
  }

  function up(event: PointerEvent): void {
    const [added, dragged] = [item, ghost !== null];
    item = null;
    ghost?.remove();
    ghost = null;
    if (!added || !dragged) return;
    // The click that ends a drag is none.
    window.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', swallow, true));
    if (!host.contains(document.elementFromPoint(event.clientX, event.clientY))) return;
    const at = graph.clientToLocal(event.clientX, event.clientY);
    void dotnet.invokeMethodAsync('Add', added, at.x - width / 2, at.y - height / 2);
  }

  const swallow = (event: Event) => event.stopPropagation();
  document.addEventListener('pointerdown', down);
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  return () => {
    document.removeEventListener('pointerdown', down);
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    ghost?.remove();
  };
}
