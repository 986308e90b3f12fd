/** A project's site as stored: its address with a scheme, and its host name without www. */
export function siteOf(site: string | null): { site_url: string | null; site_host: string | null } {
  if (site === null) return { site_url: null, site_host: null }
  const url = new URL(/^https?:\/\//i.test(site) ? site : `https://${site}`)
  return { site_url: url.href, site_host: url.hostname.replace(/^www\./, '') }
}
