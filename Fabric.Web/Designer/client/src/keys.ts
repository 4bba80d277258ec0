import { Cell } from '@antv/x6';
import { Card } from './card';

/** Arrow keys walk along edges (left, right) and down a column (up, down); Enter or space chooses; Escape lets go. */
export function keys(
  element: HTMLElement,
  cards: Map<string, Card>,
  choose: (name: string | null) => void,
  cell: (name: string) => Cell | null,
): () => void {
  function go(card: Card | undefined, from: Card): void {
    if (!card) return;
    from.element.tabIndex = -1;
    card.element.tabIndex = 0;
    card.element.focus({ preventScroll: true });
  }

  function place(card: Card) {
    return cell(card.node.name)!.getBBox();
  }

  function nearest(from: Card, of: Card[]): Card | undefined {
    const at = place(from);
    return of.sort((a, b) => Math.abs(place(a).y - at.y) - Math.abs(place(b).y - at.y))[0];
  }

  function column(from: Card, direction: number): Card | undefined {
    const at = place(from);
    return [...cards.values()]
      .filter(card => Math.abs(place(card).x - at.x) < 100 && (place(card).y - at.y) * direction > 0)
      .sort((a, b) => (place(a).y - place(b).y) * direction)[0];
  }

  function press(event: KeyboardEvent): void {
    const name = (event.target as HTMLElement).closest<HTMLElement>('.gc')?.dataset.node;
    const from = name ? cards.get(name) : undefined;
    if (!from) return;
    const all = [...cards.values()];
    switch (event.key) {
      case 'ArrowRight': go(nearest(from, all.filter(card => card.node.dependsOn.includes(from.node.name))), from); break;
      case 'ArrowLeft': go(nearest(from, all.filter(card => from.node.dependsOn.includes(card.node.name))), from); break;
      case 'ArrowDown': go(column(from, 1), from); break;
      case 'ArrowUp': go(column(from, -1), from); break;
      case 'Enter':
      case ' ': choose(from.node.name); break;
      case 'Escape': choose(null); break;
      default: return;
    }
    event.preventDefault();
  }

  element.addEventListener('keydown', press);
  return () => element.removeEventListener('keydown', press);
}
