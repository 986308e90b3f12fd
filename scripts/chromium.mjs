// The journeys need Debian's Chromium, the only browser whose build the package registries carry.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const program = '/usr/bin/chromium'

/** Installs Chromium where that is allowed; else says exactly what to run and ends the program, `lastLine` last. */
export function ensureChromium(lastLine) {
  if (existsSync(program)) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installation de Chromium… / Installing Chromium…')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env })
    apt('update', '-qq')
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')
    if (existsSync(program)) return
  }
  console.error('Les parcours demandent Chromium. Installez-le, puis relancez :')
  console.error('The journeys need Chromium. Install it, then try again:')
  console.error('  sudo apt-get update && sudo apt-get install -y chromium')
  console.log(lastLine)
  process.exit(1)
}
