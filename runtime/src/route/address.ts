import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/

/** Whether an address is only of this machine. */
export const isLoopbackAddress = (address: string): boolean => LOOPBACK.test(address)

/** What the settings say of proxies. */
export interface ProxySettings {
  /** Host of the address people come by; null without a proxy. */
  readonly publicHost: string | null
  /** Addresses and networks of proxies that are believed; null for one on this machine. */
  readonly trustedProxies: readonly string[] | null
}

/**
 * Where a request came from, for the limits on guessing: the socket's address, or behind proxies that are believed the
 * last address of `X-Forwarded-For` that is not one of theirs (those before it anybody can write). Of IPv6 the network
 * of one customer, since its holder has all addresses in it.
 */
export function addressOf(settings: ProxySettings, remote: string | undefined, headers: Headers): string {
  if (remote === undefined) return 'unknown'
  let address = remote
  if (isTrusted(settings, remote)) {
    const seen = headers.get('x-forwarded-for')?.split(',') ?? []
    for (const one of seen.reverse()) {
      const before = one.trim()
      // What is no address was not written by a proxy of ours.
      if (isIP(before) === 0) break
      address = before
      if (settings.trustedProxies === null || !isTrusted(settings, before)) break
    }
  }
  const plain = address.replace(/^::ffff:/i, '')
  return isIP(plain) === 6 ? networkOf(plain) : plain
}

function isTrusted({ publicHost, trustedProxies }: ProxySettings, address: string): boolean {
  if (trustedProxies === null) return publicHost !== null && isLoopbackAddress(address)
  const parsed = ipaddr.process(address.split('%')[0]!)
  return trustedProxies.some((one) => {
    const [network, bits] = one.includes('/') ? ipaddr.parseCIDR(one) : [ipaddr.process(one), null]
    if (network.kind() !== parsed.kind()) return false
    return parsed.match(network, bits ?? (network.kind() === 'ipv4' ? 32 : 128))
  })
}

/** The first 64 bits of an IPv6 address. */
function networkOf(address: string): string {
  const [head = '', tail = ''] = address.split('%')[0]!.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === '' ? [] : tail.split(':')
  const gap = address.includes('::')
    ? Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0')
    : []
  return `${[...groups, ...gap, ...rest].slice(0, 4).join(':')}::/64`
}
