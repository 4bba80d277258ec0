// Runs before the first paint: the first visit follows the system, every other one the cookie the server has read.
(function () {
  if (document.cookie.includes('fabric-theme=')) return;
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.cookie = 'fabric-theme=' + (dark ? 'dark' : 'light') + '; path=/; max-age=31536000; samesite=lax';
  if (dark && document.cookie.includes('fabric-theme=')) location.reload();
})();
