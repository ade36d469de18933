import type { DevProvider } from '../dev-provider.js'

/** Makes the provider call a function when it closes. */
export function closeWith(provider: DevProvider, stop: () => unknown): void {
  const close = provider.close.bind(provider)
  provider.close = async () => {
    await stop()
    await close()
  }
}
