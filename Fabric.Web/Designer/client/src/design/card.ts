import { child, svg } from '../dom';
import { DesignNode, Port, TypePorts } from './model';

const nothing: TypePorts = { ins: [], outs: [] };

/** One node's card with its ports. It is changed in place, so that focus and selection survive every edit. */
export class DesignCard {
  readonly element = document.createElement('div');
  private readonly icon: SVGPathElement;
  private readonly name: HTMLElement;
  private readonly line: HTMLElement;
  private readonly marks: HTMLElement;
  private readonly ins: HTMLElement;
  private readonly outs: HTMLElement;
  private shown = '';

  constructor(public node: DesignNode, private ports: TypePorts | undefined) {
    const root = this.element;
    root.className = 'gc dc';
    root.tabIndex = -1;
    root.setAttribute('role', 'button');
    root.dataset.node = node.name;
    const drawn = svg('');
    this.icon = drawn.path;
    child(root, 'div', 'gc-icon').append(drawn.box);
    this.name = child(root, 'div', 'gc-name');
    this.line = child(root, 'div', 'gc-line');
    this.marks = child(root, 'div', 'dc-marks');
    this.ins = child(root, 'div', 'dc-ins');
    this.outs = child(root, 'div', 'dc-outs');
    // For the pointer; keyboards and readers connect with a question instead.
    for (const ports of [this.ins, this.outs]) ports.setAttribute('aria-hidden', 'true');
    child(root, 'div', 'dc-in-dot');
    const dot = child(root, 'div', 'dc-out-dot');
    dot.dataset.output = '';
    this.update(node, ports);
  }

  update(node: DesignNode, ports: TypePorts | undefined): void {
    const key = JSON.stringify([node, ports === this.ports ? 0 : 1]);
    if (key === this.shown) return;
    this.shown = JSON.stringify([node, 0]);
    this.node = node;
    this.ports = ports;
    const root = this.element;
    root.classList.toggle('noop', node.noOp);
    root.classList.toggle('inherited', node.inherited);
    root.classList.toggle('faulty', node.faults > 0);
    root.classList.toggle('gate', node.gate);
    this.icon.setAttribute('d', node.icon);
    this.name.textContent = node.name;
    this.name.title = node.title;
    this.line.textContent = node.line;
    this.line.title = node.line;
    this.marks.replaceChildren(...this.words());
    this.ins.replaceChildren(...(ports ?? nothing).ins.map(port => this.input(port)));
    this.outs.replaceChildren(this.after(), ...(ports ?? nothing).outs.map(port => this.output(port)));
  }

  select(on: boolean, alone: boolean): void {
    this.element.classList.toggle('selected', on);
    this.element.classList.toggle('open', on && alone);
    this.element.setAttribute('aria-pressed', String(on));
  }

  /** Shows, while something is dragged, what of this node it fits; null ends that. */
  offer(inputs: string[] | null, bare: boolean): void {
    const root = this.element;
    const fits = inputs !== null && inputs.length > 0;
    root.classList.toggle('fits', fits);
    root.classList.toggle('takes', inputs !== null && (fits || bare));
    root.classList.toggle('refuses', inputs !== null && !fits && !bare);
    for (const pill of this.ins.querySelectorAll<HTMLElement>('.dc-in'))
      pill.classList.toggle('fits', inputs?.includes(pill.dataset.input!) ?? false);
  }

  private words(): HTMLElement[] {
    const { faults, noOp, inherited } = this.node;
    return [
      ...(faults > 0 ? [mark('bad', faults === 1 ? '1 problem' : `${faults} problems`)] : []),
      ...(noOp ? [mark('left', 'no-op')] : []),
      ...(inherited ? [mark('quiet', 'inherited')] : []),
    ];
  }

  private input(port: Port): HTMLElement {
    const bound = this.node.bound[port.path];
    const pill = document.createElement('div');
    pill.className = `dc-port dc-in${bound ? ' bound' : ''}${port.required && !bound ? ' needed' : ''}`;
    pill.dataset.input = port.path;
    pill.title = `${port.title}: ${port.type}${port.required ? ', required' : ''}${bound ? `, from ${bound}` : ''}`;
    pill.textContent = port.path;
    return pill;
  }

  private output(port: Port): HTMLElement {
    const pill = document.createElement('div');
    pill.className = 'dc-port dc-out';
    pill.dataset.output = port.path;
    pill.title = `${port.title}: ${port.type}. Drag it to an input.`;
    pill.textContent = port.path;
    return pill;
  }

  private after(): HTMLElement {
    const pill = document.createElement('div');
    pill.className = 'dc-port dc-out bare';
    pill.dataset.output = '';
    pill.title = 'Drag it to a node that shall wait for this one.';
    pill.textContent = 'then';
    return pill;
  }
}

function mark(css: string, text: string): HTMLElement {
  const made = document.createElement('span');
  made.className = `dc-mark ${css}`;
  made.textContent = text;
  return made;
}
