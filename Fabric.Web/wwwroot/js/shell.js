/** Puts the theme on the page and remembers it. */
export function theme(dark) {
  document.documentElement.classList.toggle('dark', dark);
  document.cookie = `fabric-theme=${dark ? 'dark' : 'light'}; path=/; max-age=31536000; samesite=lax`;
}

/** Calls back on Ctrl-K or Cmd-K. */
export function quickSearch(dotnet) {
  const press = event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      dotnet.invokeMethodAsync('Open');
    }
  };
  document.addEventListener('keydown', press);
  return { dispose: () => document.removeEventListener('keydown', press) };
}

/** Scrolls a list so that one of its lines is seen. */
export function reveal(id) {
  document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
}

/** Keeps the Tab key within a dialog. */
export function trap(box) {
  // A dialog that was answered at once is gone already.
  box?.addEventListener('keydown', event => {
    if (event.key !== 'Tab') return;
    const stops = [...box.querySelectorAll('button:not(:disabled), input, select, textarea, a[href], [tabindex="0"], .cm-content')];
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const at = document.activeElement;
    if (event.shiftKey ? at === first || at === box : at === last) {
      event.preventDefault();
      (event.shiftKey ? last : first)?.focus();
    }
  });
}

export function copy(text) {
  return navigator.clipboard.writeText(text);
}

/** Scrolls a box to its end, unless a person has scrolled up in it; then what they read stays where it is when lines come in above. */
export function follow(box) {
  let held = false;
  let height = box.scrollHeight;
  let top = null;
  const first = () => box.querySelector('[data-line]');
  const scrolled = () => { held = box.scrollHeight - box.scrollTop - box.clientHeight > 24; };
  const end = () => {
    if (!held) box.scrollTop = box.scrollHeight;
    else if (first() !== top && box.scrollTop < 24) box.scrollTop += box.scrollHeight - height;
    height = box.scrollHeight;
    top = first();
  };
  box.addEventListener('scroll', scrolled, { passive: true });
  const seen = new MutationObserver(end);
  seen.observe(box, { childList: true, subtree: true });
  end();
  return { dispose: () => { seen.disconnect(); box.removeEventListener('scroll', scrolled); } };
}
