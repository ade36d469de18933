import { isOrigin } from '../options/mcp-options.ts'

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
