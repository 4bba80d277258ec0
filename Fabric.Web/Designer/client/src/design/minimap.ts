import { Graph } from '@antv/x6';
import { height, width } from '../model';

/** A small picture of everything, with the part that is on screen framed; a press or a drag goes there. */
export function minimap(box: HTMLCanvasElement, graph: Graph): { draw(): void; dispose(): void } {
  let asked = 0;
  let toLocal = (x: number, y: number) => ({ x, y });

  function paint(): void {
    asked = 0;
    const context = box.getContext('2d');
    if (!context || box.clientWidth === 0) return;
    const scale = devicePixelRatio;
    [box.width, box.height] = [box.clientWidth * scale, box.clientHeight * scale];
    const view = graph.getGraphArea();
    const all = graph.getNodes().map(node => node.getPosition());
    const left = Math.min(view.x, ...all.map(at => at.x)) - 40;
    const top = Math.min(view.y, ...all.map(at => at.y)) - 40;
    const right = Math.max(view.x + view.width, ...all.map(at => at.x + width)) + 40;
    const bottom = Math.max(view.y + view.height, ...all.map(at => at.y + height)) + 40;
    const zoom = Math.min(box.width / (right - left), box.height / (bottom - top));
    const style = getComputedStyle(box);
    context.fillStyle = style.getPropertyValue('--muted');
    for (const at of all) context.fillRect((at.x - left) * zoom, (at.y - top) * zoom, Math.max(2, width * zoom), Math.max(2, height * zoom));
    context.strokeStyle = style.getPropertyValue('--accent');
    context.lineWidth = 1.5 * scale;
    context.strokeRect((view.x - left) * zoom, (view.y - top) * zoom, view.width * zoom, view.height * zoom);
    toLocal = (x, y) => ({ x: (x * scale) / zoom + left, y: (y * scale) / zoom + top });
  }

  function draw(): void {
    if (!asked) asked = requestAnimationFrame(paint);
  }

  function down(event: PointerEvent): void {
    box.setPointerCapture(event.pointerId);
    go(event);
  }

  function go(event: PointerEvent): void {
    // What is dragged across it from elsewhere is not meant.
    if (!box.hasPointerCapture(event.pointerId)) return;
    const at = box.getBoundingClientRect();
    const to = toLocal(event.clientX - at.left, event.clientY - at.top);
    graph.centerPoint(to.x, to.y);
  }

  box.addEventListener('pointerdown', down);
  box.addEventListener('pointermove', go);
  graph.on('scale', draw);
  graph.on('translate', draw);
  graph.on('resize', draw);
  graph.on('node:change:position', draw);
  return {
    draw,
    dispose: () => {
      if (asked) cancelAnimationFrame(asked);
      box.removeEventListener('pointerdown', down);
      box.removeEventListener('pointermove', go);
    },
  };
}
