// Runs before the first paint, so that a dark page never flashes white. A file of its own: the
// content policy allows no script inside the page.
;(() => {
  let kept = 'auto'
  try {
    kept = localStorage.getItem('canopee.theme') ?? 'auto'
  } catch {
    // Storage may be refused; the device's choice is then right.
  }
  const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
