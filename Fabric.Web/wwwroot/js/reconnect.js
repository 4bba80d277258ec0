// Goes on where Blazor stops trying, so that a page left open comes back by itself.
(function () {
  var bar = document.getElementById('components-reconnect-modal');
  var timer;

  async function again() {
    try {
      if (await Blazor.reconnect()) return;
      if (!(await Blazor.resumeCircuit())) location.reload();
    } catch {
      timer = setTimeout(again, 5000);
    }
  }

  bar.addEventListener('components-reconnect-state-changed', function (event) {
    clearTimeout(timer);
    if (event.detail.state === 'failed') timer = setTimeout(again, 5000);
    else if (event.detail.state === 'rejected') location.reload();
  });
})();
