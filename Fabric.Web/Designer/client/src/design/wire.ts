import { Graph } from '@antv/x6';
import { DesignCard } from './card';
import { DotNet, Fit } from './model';

interface Drag {
  from: string;
  output: string | null;
  fits: Fit[] | null;
  path: SVGPathElement;
  startX: number;
  startY: number;
  moved: boolean;
}

/**
 * Drawing an edge by hand: from an output to an input, to a card, or into the void, where a picker opens. What fits lights up as soon
 * as the server has said so; a circle is refused at once.
 */
export function wire(
  host: HTMLElement,
  graph: Graph,
  cards: Map<string, DesignCard>,
  dotnet: DotNet,
  follows: (from: string, to: string) => boolean,
): () => void {
  const layer = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  layer.classList.add('dc-wire');
  layer.setAttribute('aria-hidden', 'true');
  host.append(layer);
  let drag: Drag | null = null;
  let picking: { from: string; output: string } | null = null;

  function offer(): void {
    if (!drag) return;
    for (const [name, card] of cards) {
      const possible = name !== drag.from && !follows(drag.from, name);
      const inputs = !possible ? [] : drag.fits?.filter(fit => fit.node === name).map(fit => fit.input) ?? [];
      card.offer(inputs, possible && drag.output === null);
    }
  }

  function end(): void {
    for (const card of cards.values()) {
      card.offer(null, false);
      card.element.classList.remove('picking');
    }
    drag?.path.remove();
    drag = null;
    picking = null;
    host.classList.remove('wiring');
  }

  function draw(event: PointerEvent): void {
    if (!drag) return;
    const box = host.getBoundingClientRect();
    const [x1, y1, x2, y2] = [drag.startX - box.left, drag.startY - box.top, event.clientX - box.left, event.clientY - box.top];
    const bend = Math.max(40, Math.abs(x2 - x1) / 2);
    drag.path.setAttribute('d', `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`);
  }

  function down(event: PointerEvent): void {
    const target = event.target as HTMLElement;
    const pick = target.closest<HTMLElement>('.dc-in.fits');
    if (picking && pick) {
      event.preventDefault();
      event.stopPropagation();
      void dotnet.invokeMethodAsync('Connect', picking.from, picking.output, nodeOf(pick), pick.dataset.input);
      end();
      return;
    }

    if (picking) end();
    const port = target.closest<HTMLElement>('.dc-out, .dc-out-dot');
    if (!port || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const from = nodeOf(port)!;
    const at = port.getBoundingClientRect();
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    layer.append(path);
    drag = { from, output: port.dataset.output || null, fits: null, path, startX: at.right, startY: at.top + at.height / 2, moved: false };
    host.classList.add('wiring');
    const current = drag;
    if (drag.output)
      void dotnet.invokeMethodAsync<Fit[]>('Fitting', from, drag.output).then(fits => {
        if (drag !== current) return;
        drag.fits = fits;
        offer();
      });
    offer();
  }

  function move(event: PointerEvent): void {
    if (!drag) return;
    drag.moved = true;
    draw(event);
  }

  function up(event: PointerEvent): void {
    if (!drag) return;
    const { from, output, fits, moved } = drag;
    const under = document.elementFromPoint(event.clientX, event.clientY) as HTMLElement | null;
    const to = nodeOf(under);
    const input = under?.closest<HTMLElement>('.dc-in.fits')?.dataset.input ?? null;
    if (!moved || to === from) return end();
    if (!to) {
      const at = graph.clientToLocal(event.clientX, event.clientY);
      const inside = host.contains(under);
      end();
      if (inside) void dotnet.invokeMethodAsync('AddConnected', at.x, at.y, from, output);
      return;
    }

    if (follows(from, to)) {
      end();
      void dotnet.invokeMethodAsync('Refuse', from, to);
      return;
    }

    const all = fits?.filter(fit => fit.node === to) ?? [];
    // An input of the very name that is still free is what is meant.
    const same = all.filter(fit => fit.input === output && !cards.get(to)?.node.bound[fit.input]);
    const choices = same.length === 1 ? same : all;
    if (output === null || input !== null || choices.length === 1) {
      end();
      void dotnet.invokeMethodAsync('Connect', from, output, to, output === null ? null : input ?? choices[0].input);
    } else if (choices.length > 1) {
      // Several inputs fit: they stay open, and a click on one of them ends it.
      drag.path.remove();
      drag = null;
      host.classList.remove('wiring');
      picking = { from, output };
      for (const [name, card] of cards) {
        card.offer(name === to ? choices.map(fit => fit.input) : null, false);
        card.element.classList.toggle('picking', name === to);
      }
    } else {
      end();
      void dotnet.invokeMethodAsync('NothingFits', from, output, to);
    }
  }

  function key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && (drag || picking)) {
      event.stopPropagation();
      end();
    }
  }

  // Before the drawing library sees them: a drag of a port is none of a card.
  const stop = (event: MouseEvent) => {
    if ((event.target as HTMLElement).closest('.dc-out, .dc-out-dot, .dc-in.fits')) event.stopPropagation();
  };
  host.addEventListener('pointerdown', down, true);
  host.addEventListener('mousedown', stop, true);
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('keydown', key, true);
  return () => {
    host.removeEventListener('pointerdown', down, true);
    host.removeEventListener('mousedown', stop, true);
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('keydown', key, true);
    layer.remove();
  };
}

function nodeOf(element: HTMLElement | null): string | null {
  return element?.closest<HTMLElement>('.dc')?.dataset.node ?? null;
}
