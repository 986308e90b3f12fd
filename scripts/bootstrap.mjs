// What must be there before the product's own code can run. Plain JavaScript: any Node from 20 on runs it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** Installs the locked dependencies unless exactly they are installed already. Ends the program when that fails, `lastLine` last. */
export function ensureInstalled(lastLine = '') {
  if (isInstalled()) return
  console.log('Installation des dépendances… / Installing dependencies…')
  const npm = process.env.npm_execpath
  const [program, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']]
  // `npm test --silent` must not silence a failed installation.
  const env = { ...process.env, npm_config_loglevel: 'error' }
  // Progress goes to standard error, so that a command's own output stays clean.
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 2, 2], env })
  if (status === 0 && isInstalled()) return
  console.error('L’installation a échoué (npm ci). Vérifiez l’accès à npm, puis relancez.')
  console.error('The installation failed (npm ci). Check the access to npm, then try again.')
  if (lastLine) console.log(lastLine)
  process.exit(1)
}

/** npm writes `node_modules/.package-lock.json` last: equal to the lock, it means installed whole. */
function isInstalled() {
  const done = `${root}node_modules/.package-lock.json`
  if (!existsSync(done) || !existsSync(newNode())) return false
  const locked = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages
  const installed = JSON.parse(readFileSync(done, 'utf8')).packages
  return Object.entries(locked).every(
    ([path, { version, integrity, optional }]) =>
      path === '' || (optional && !installed[path]) || isSame(installed[path], version, integrity),
  )
}

function isSame(found, version, integrity) {
  return found?.version === version && (!integrity || !found.integrity || found.integrity === integrity)
}

/** The Node that runs the product, brought by the npm package `node`. */
export function newNode() {
  return `${root}node_modules/node/bin/node`
}

/** Room for what lives a request long: enough for it, and a third of the memory less than Node takes of itself. */
const nodeFlags = ['--max-semi-space-size=4']

/**
 * Runs a program of the product under its own Node and ends with its exit code.
 * Signals are passed on, and it is told (IPC) when this process disappears, so that nothing is left behind.
 */
export function runAndExit(args) {
  // What was compiled once is kept: a third of the time to start.
  const env = { NODE_COMPILE_CACHE: `${root}node_modules/.cache/compiled`, ...process.env }
  const child = spawn(newNode(), [...nodeFlags, ...args], {
    cwd: root,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)))
  // npm does not live to say that it was killed: our parents change, which says so.
  const parents = parentsUpToNpm()
  if (process.env.npm_lifecycle_event) {
    setInterval(() => parentsUpToNpm() !== parents && child.kill('SIGTERM'), 300).unref()
  }
}

/** Numbers of our parent and, where it is only the shell that npm runs us in, of npm. */
function parentsUpToNpm() {
  const script = process.argv[1]?.split('/').at(-1)
  const isShell = script && readProcess(process.ppid, 'cmdline').includes(script)
  const npm = isShell && readProcess(process.ppid, 'stat').split(') ').at(-1).split(' ')[1]
  return `${process.ppid} ${npm}`
}

/** Linux keeps facts about processes in files; elsewhere the shell replaces itself by us. */
function readProcess(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
