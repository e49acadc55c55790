/** Only paths of this app: an address from elsewhere could lead a person away after signing in. */
export function safeReturn(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/'
}
