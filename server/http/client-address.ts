import { isIPv4, isIPv6 } from 'node:net'

/**
 * Whose tries are counted together: an IPv4 address, or the /64 of an IPv6 one, which a single
 * subscriber has whole (RFC 6177) and could go through forever. IPv4 written as IPv6 is that IPv4.
 *
 * @param ip as the connection or a trusted proxy has it
 */
export function clientAddress(ip: string | undefined): string {
  const address = (ip ?? '').replace(/%.*$/s, '')
  if (isIPv4(address)) return address
  // a proxy that writes something else: as it is, within measure
  if (!isIPv6(address)) return address.slice(0, 64) || 'unknown'
  const groups = groupsOf(address)
  const [sixth = 0, high = 0, low = 0] = groups.slice(5)
  if (sixth === 0xffff && groups.slice(0, 5).every((group) => group === 0)) {
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  }
  const network = groups.slice(0, 4).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}

/** The eight groups of an address that is known to be one. */
function groupsOf(address: string): number[] {
  // the shortest form, without dots
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail] = short.split('::')
  const before = numbersOf(head)
  const after = numbersOf(tail ?? '')
  return [...before, ...Array(8 - before.length - after.length).fill(0), ...after]
}

function numbersOf(groups: string): number[] {
  return groups === '' ? [] : groups.split(':').map((group) => Number.parseInt(group, 16))
}
