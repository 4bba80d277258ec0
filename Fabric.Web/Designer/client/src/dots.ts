import { Graph } from '@antv/x6';

/** A quiet grid of dots behind a drawing, which moves and grows with it; its colour is the theme's. */
export function dots(host: HTMLElement, graph: Graph): void {
  function follow(): void {
    const { tx, ty } = graph.translate();
    let size = 24 * graph.zoom();
    while (size < 12) size *= 2;
    host.style.setProperty('--dots', `${size}px`);
    host.style.setProperty('--dots-x', `${tx}px`);
    host.style.setProperty('--dots-y', `${ty}px`);
  }

  host.classList.add('dotted');
  graph.on('scale', follow);
  graph.on('translate', follow);
  follow();
}
