import { indentWithTab, standardKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, defaultHighlightStyle, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { MergeView } from '@codemirror/merge';
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { EditorState, Extension, StateEffect, StateField, Text } from '@codemirror/state';
import { Decoration, DecorationSet, drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

import { offline, onBack, within } from '../connection';

interface DotNet { invokeMethodAsync<T = void>(method: string, ...values: unknown[]): Promise<T> }

/** A fault of the text; line and column start at 1, 0 for none. */
interface Problem { line: number; column: number; message: string }

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.content], color: 'var(--text)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--working)' },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: 'var(--muted)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '12px', backgroundColor: 'var(--surface)', color: 'var(--text)' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '18px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--muted)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--accent) 24%, transparent) !important' },
  '.cm-node': { backgroundColor: 'color-mix(in srgb, var(--accent) 10%, transparent)' },
  '.cm-panels': { backgroundColor: 'var(--sunk)', color: 'var(--text)' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--text)', border: '1px solid var(--line-strong)' },
});

const markLines = StateEffect.define<{ from: number; to: number } | null>();
const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    value = value.map(transaction.changes);
    for (const effect of transaction.effects)
      if (effect.is(markLines)) value = effect.value ? lines(transaction.state.doc, effect.value.from, effect.value.to) : Decoration.none;
    return value;
  },
  provide: field => EditorView.decorations.from(field),
});

function lines(doc: Text, from: number, to: number): DecorationSet {
  const style = Decoration.line({ class: 'cm-node' });
  const ranges = [];
  for (let line = Math.max(1, from); line <= Math.min(doc.lines, to); line++) ranges.push(style.range(doc.line(line).from));
  return Decoration.set(ranges);
}

// A pair of surrogates is never cut in half: half of one is no text.
const isHigh = (text: string, at: number) => text.charCodeAt(at) >= 0xd800 && text.charCodeAt(at) <= 0xdbff;
const isLow = (text: string, at: number) => text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff;

const common: Extension = [lineNumbers(), drawSelection(), yaml(), syntaxHighlighting(colours), syntaxHighlighting(defaultHighlightStyle, { fallback: true }), look];

/**
 * The text beside the canvas. Only spans travel: what was typed since the last answer goes to .NET as one replacement, and what the
 * canvas changed comes back as one. While something typed is not saved, what comes in waits, and the server tells of a clash.
 */
export function edit(box: HTMLElement, dotnet: DotNet, editable: boolean, name: string) {
  const kept = `fabric-unsaved:${name}`;
  let version = 0;
  let synced = Text.of(['']);
  let remote = false;
  let sending: Promise<void> = Promise.resolve();
  let timer = 0;
  let line = 0;
  let ended = false;

  const view = new EditorView({
    parent: box,
    state: EditorState.create({
      extensions: [
        common, highlightActiveLine(), highlightActiveLineGutter(), bracketMatching(), indentOnInput(), indentUnit.of('  '), highlightSelectionMatches(), search({ top: true }), lintGutter(), marked,
        EditorState.readOnly.of(!editable),
        EditorView.contentAttributes.of({ 'aria-label': 'Text of the blueprint', tabindex: '0' }),
        keymap.of([
          { key: 'Mod-z', run: () => back('Undo') },
          { key: 'Mod-y', run: () => back('Redo') },
          { key: 'Mod-Shift-z', run: () => back('Redo') },
          { key: 'Mod-f', run: openSearchPanel },
          // Tab moves on, as everywhere on the page; Escape lets Tab indent no more.
          ...searchKeymap, ...standardKeymap,
          { key: 'Mod-]', run: target => indentWithTab.run!(target) },
          { key: 'Mod-[', run: target => indentWithTab.shift!(target) },
        ]),
        EditorView.updateListener.of(update => {
          if (update.docChanged && !remote) later();
          const at = update.state.doc.lineAt(update.state.selection.main.head).number;
          if (at !== line && update.view.hasFocus) {
            line = at;
            void dotnet.invokeMethodAsync('CursorAt', at).catch(() => undefined);
          }
        }),
        EditorView.domEventHandlers({ blur: () => { void flush(); } }),
      ],
    }),
  });

  const dirty = () => !view.state.doc.eq(synced);

  function later(): void {
    // A page that is loaded anew before this is saved finds it here.
    sessionStorage.setItem(kept, JSON.stringify({ version, text: view.state.doc.toString() }));
    clearTimeout(timer);
    timer = window.setTimeout(() => void flush(), 400);
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    return sending = sending.then(async () => {
      if (!dirty()) return;
      const doc = view.state.doc;
      const [before, after] = [synced.toString(), doc.toString()];
      let start = 0;
      while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
      if (start > 0 && isHigh(before, start - 1)) start--;
      let end = 0;
      while (end < Math.min(before.length, after.length) - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
      if (end > 0 && isLow(before, before.length - end)) end--;
      try {
        if (offline()) throw new Error('No connection');
        const saved = await within(dotnet.invokeMethodAsync<number>('Typed', version, start, before.length - start - end, after.slice(start, after.length - end)), 10_000);
        if (saved > 0) [version, synced] = [saved, doc];
        if (saved < 0) await dotnet.invokeMethodAsync('Recovered', doc.toString());
        if (!dirty()) sessionStorage.removeItem(kept);
      } catch {
        // No connection: what was typed stays here and goes up when there is one.
        if (!ended) timer = window.setTimeout(() => void flush(), 1000);
      }
    });
  }

  function back(method: string): boolean {
    void flush().then(() => dotnet.invokeMethodAsync(method));
    return true;
  }

  function replace(to: number, text: string): void {
    clearTimeout(timer);
    const doc = Text.of(text.split(/\r\n?|\n/));
    remote = true;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: doc } });
    remote = false;
    [version, synced] = [to, doc];
  }

  /** What was typed on a page that is gone: on the same text it goes on, on another both sides are shown. */
  function recover(): void {
    const found = sessionStorage.getItem(kept);
    sessionStorage.removeItem(kept);
    if (!found || !editable) return;
    const { version: on, text } = JSON.parse(found) as { version: number; text: string };
    if (text === synced.toString()) return;
    if (on === version) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: Text.of(text.split('\n')) } });
    else void dotnet.invokeMethodAsync('Recovered', text);
  }

  const stop = onBack(() => void flush());

  return {
    open(to: number, text: string): void {
      replace(to, text);
      recover();
    },
    replace(to: number, text: string): void {
      sessionStorage.removeItem(kept);
      replace(to, text);
    },
    /** One span of the saved text was replaced; the offsets count every line end as one. */
    async change(from: number, to: number, start: number, removed: number, inserted: string): Promise<void> {
      if (dirty()) return flush();
      if (from !== version) return dotnet.invokeMethodAsync('Whole');
      remote = true;
      view.dispatch({ changes: { from: start, to: start + removed, insert: Text.of(inserted.split(/\r\n?|\n/)) } });
      remote = false;
      [version, synced] = [to, view.state.doc];
    },
    flush,
    problems(found: Problem[]): void {
      const doc = view.state.doc;
      const diagnostics: Diagnostic[] = found.filter(problem => problem.line > 0 && problem.line <= doc.lines).map(problem => {
        const at = doc.line(problem.line);
        const from = Math.min(at.to, at.from + Math.max(0, problem.column - 1));
        return { from, to: Math.max(from, at.to), severity: 'error', message: problem.message };
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    /** Marks the lines of the chosen node and, unless one types, brings them into sight. */
    mark(from: number, to: number): void {
      const effects: StateEffect<unknown>[] = [markLines.of(from > 0 ? { from, to } : null)];
      if (from > 0 && from <= view.state.doc.lines && !view.hasFocus) effects.push(EditorView.scrollIntoView(view.state.doc.line(from).from, { y: 'start', yMargin: 36 }));
      view.dispatch({ effects });
    },
    go(to: number, column: number): void {
      const at = view.state.doc.line(Math.min(Math.max(1, to), view.state.doc.lines));
      const head = Math.min(at.to, at.from + Math.max(0, column - 1));
      view.dispatch({ selection: { anchor: head }, effects: EditorView.scrollIntoView(head, { y: 'center' }) });
      view.focus();
    },
    dispose(): void {
      void flush();
      ended = true;
      stop();
      view.destroy();
    },
  };
}

/** Two texts beside each other, their differences marked; nothing can be typed. */
export function compare(box: HTMLElement, left: string, right: string, leftName: string, rightName: string) {
  const side = (doc: string, name: string) => ({ doc, extensions: [common, EditorState.readOnly.of(true), EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0' })] });
  const view = new MergeView({ parent: box, a: side(left, leftName), b: side(right, rightName), collapseUnchanged: { margin: 3 }, gutter: true });
  return { dispose: () => view.destroy() };
}
