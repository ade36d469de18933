/** Whether a value is an origin as browsers send it. `*` and `null` are not, because any page can send them. */
export function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { origin, protocol } = new URL(value)
  // The origin of a browser extension, which URL does not know.
  return protocol === 'http:' || protocol === 'https:'
    ? origin === value
    : /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@]+$/.test(value)
}

/** Whether a value is a host as the header `Host` contains it, with or without a port. */
export function isHost(value: string): boolean {
  return (
    /^[^\s/?#@*,]+$/.test(value) && value === value.toLowerCase() && URL.canParse(`http://${value}`)
  )
}

export function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '')
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.has(withoutPort(host))
}

export function isLoopbackOrigin(origin: string): boolean {
  return isOrigin(origin) && /^https?:/.test(origin) && isLoopbackHost(new URL(origin).host)
}
