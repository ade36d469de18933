import type { DevProvider } from '../dev-provider.js'

/** Also calls a function when the provider closes. */
export function closeWith(provider: DevProvider, stop: () => unknown): void {
  const close = provider.close.bind(provider)
  provider.close = async () => {
    await stop()
    await close()
  }
}
