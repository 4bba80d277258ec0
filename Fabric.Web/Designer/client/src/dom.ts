/** Appends an element of a class. */
export function child(parent: HTMLElement, tag: string, css: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = css;
  parent.append(made);
  return made;
}

/** An icon: one path in a 24 × 24 box. */
export function svg(path: string): { box: SVGSVGElement; path: SVGPathElement } {
  const ns = 'http://www.w3.org/2000/svg';
  const box = document.createElementNS(ns, 'svg');
  box.setAttribute('viewBox', '0 0 24 24');
  box.setAttribute('aria-hidden', 'true');
  const drawn = document.createElementNS(ns, 'path');
  drawn.setAttribute('d', path);
  box.append(drawn);
  return { box, path: drawn };
}
