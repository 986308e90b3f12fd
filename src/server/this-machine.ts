import { existsSync, readFileSync } from 'node:fs'
import { BlockList, isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'

/**
 * Whether an address is this very machine's: what has no other protection (the development mailbox) is for who
 * sits at it, and a Host header proves nothing. In a container the machine around it is meant too.
 */
export function isThisMachine(address: string | null): boolean {
  if (address === null) return false
  const bare = address.replace(/^::ffff:/i, '')
  const own = new BlockList()
  own.addSubnet('127.0.0.0', 8, 'ipv4')
  own.addAddress('::1', 'ipv6')
  for (const each of Object.values(networkInterfaces()).flat())
    if (each) own.addAddress(each.address, each.family === 'IPv4' ? 'ipv4' : 'ipv6')
  return own.check(bare, isIPv4(bare) ? 'ipv4' : 'ipv6') || bare === containerGateway()
}

/** The address by which a container sees what its host forwards to it; undefined outside of containers. */
function containerGateway(): string | undefined {
  if (!existsSync('/.dockerenv') && !existsSync('/run/.containerenv')) return undefined
  const route = readFileSync('/proc/net/route', 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .find((columns) => columns[1] === '00000000')
  // Written in hexadecimal, its last byte first.
  return route?.[2] && [...Buffer.from(route[2], 'hex')].toReversed().join('.')
}
