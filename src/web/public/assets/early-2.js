// Runs before the first paint and before the page's code has come. A file of its own: the content policy
// allows no script inside the page. Kept for a year by browsers: a change needs a new number in its name.
;(() => {
  const read = (name) => {
    try {
      return localStorage.getItem(name)
    } catch {
      // Storage may be refused; the device's choice is then right.
      return null
    }
  }

  // A dark page never flashes white.
  const theme = read('canopee.theme')
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')

  // zod tries `new Function` once to see whether it may compile its parsers. The content policy refuses it, which
  // is right, and reports it, which would drown a real report: told beforehand, zod never tries.
  globalThis.__zod_globalConfig = { jitless: true }

  // Who is there, whose place it is and its words are asked for while the code is on its way.
  const early = {}
  for (const url of ['/api/v1/me', '/api/v1/realm']) {
    early[url] = fetch(url, { credentials: 'same-origin', headers: { Accept: 'application/json' } })
    early[url].catch(() => undefined)
  }
  window.canopeeEarly = early

  const texts = (language) => document.querySelector(`meta[name="texts-${language}"]`)
  const wanted = [read('canopee.language'), ...navigator.languages.map((tag) => tag.slice(0, 2)), 'fr']
  const meta = texts(wanted.find((language) => language !== null && texts(language)))
  if (meta) {
    const link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = meta.content
    document.head.append(link)
  }
})()
