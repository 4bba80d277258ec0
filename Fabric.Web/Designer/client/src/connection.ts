const bar = () => document.getElementById('components-reconnect-modal');

/** Whether the server cannot be reached now. */
export function offline(): boolean {
  return bar()?.matches('.components-reconnect-show, .components-reconnect-retrying, .components-reconnect-failed') ?? false;
}

/** Calls back whenever the same server page is reached again; returns what ends that. */
export function onBack(call: () => void): () => void {
  const changed = (event: Event) => { if ((event as CustomEvent).detail?.state === 'hide') call(); };
  bar()?.addEventListener('components-reconnect-state-changed', changed);
  return () => bar()?.removeEventListener('components-reconnect-state-changed', changed);
}

/** The answer, or a failure when there is none in time: a call that went out as the connection broke is never answered. */
export function within<T>(answer: Promise<T>, milliseconds: number): Promise<T> {
  return Promise.race([answer, new Promise<T>((_, fail) => setTimeout(() => fail(new Error('No answer')), milliseconds))]);
}
