// Starts a provider in a new process, and prints the milliseconds until it is ready.
const begin = performance.now()
const { startDevProvider } = await import('../../../packages/dev-provider/dist/index.js')
const imported = performance.now()
const provider = await startDevProvider()
const started = performance.now()
await fetch(`${provider.origin}/common/discovery/v2.0/keys`)
const firstKeys = performance.now()
console.log(
  JSON.stringify({ start: started - imported, all: started - begin, firstKeys: firstKeys - begin }),
)
await provider.close()
