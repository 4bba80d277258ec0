import { child, svg } from './dom';
import { GraphNode, Paint } from './model';

const unpainted: Paint = { css: 'st-waiting', icon: '', word: '', line: '', percent: 0, drifted: false };

/** One node's card. It is painted in place, so focus and selection survive every change of state. */
export class Card {
  readonly element = document.createElement('div');
  private readonly line = child(this.element, 'div', 'gc-line');
  private readonly stateIcon: SVGPathElement;
  private readonly word: HTMLElement;
  private readonly drift: HTMLElement;
  private readonly progress: HTMLElement;
  paint = unpainted;

  constructor(readonly node: GraphNode) {
    const root = this.element;
    root.className = 'gc';
    root.tabIndex = -1;
    root.setAttribute('role', 'button');
    root.dataset.node = node.name;
    const icon = child(root, 'div', 'gc-icon');
    icon.append(svg(node.icon).box);
    const text = child(root, 'div', 'gc-text');
    const name = child(text, 'div', 'gc-name');
    name.textContent = node.name;
    name.title = node.title;
    text.append(this.line);
    const chip = child(root, 'div', 'gc-chip');
    const drawn = svg('');
    drawn.box.classList.add('st-icon');
    this.stateIcon = drawn.path;
    chip.append(drawn.box);
    this.word = child(chip, 'span', 'gc-word');
    this.drift = child(root, 'div', 'gc-drift');
    this.drift.title = 'Drifted';
    child(this.drift, 'span', '').textContent = 'Δ';
    this.drift.firstElementChild!.setAttribute('aria-hidden', 'true');
    child(this.drift, 'span', 'sr-only').textContent = 'drifted';
    this.progress = child(child(root, 'div', 'gc-progress'), 'i', '');
    this.show(unpainted);
  }

  show(paint: Paint): void {
    this.paint = paint;
    const root = this.element;
    root.classList.remove(...[...root.classList].filter(name => name.startsWith('st-')));
    root.classList.add(paint.css);
    root.classList.toggle('noop', this.node.noOp);
    root.classList.toggle('drifted', paint.drifted);
    this.line.textContent = paint.line || this.node.title;
    this.line.title = this.line.textContent;
    this.word.textContent = paint.word;
    this.stateIcon.setAttribute('d', paint.icon);
    this.progress.style.width = `${Math.max(0, Math.min(100, paint.percent))}%`;
    this.progress.classList.toggle('unknown', paint.percent <= 0);
  }

  select(on: boolean): void {
    this.element.classList.toggle('selected', on);
    this.element.setAttribute('aria-pressed', String(on));
  }
}
