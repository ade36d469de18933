/** The servers of Bun and of Deno. */
interface Runtime {
  readonly Bun?: {
    serve(options: { hostname: string; port: number; fetch: Respond }): unknown
  }
  readonly Deno?: {
    serve(options: { hostname: string; port: number; onListen(): void }, handler: Respond): unknown
  }
}
type Respond = (request: Request) => Promise<Response>

/** Serves a function with the server of the runtime, at the port that the variable PORT contains. */
export function serve(respond: Respond): void {
  const { Bun, Deno } = globalThis as Runtime
  const address = { hostname: '127.0.0.1', port: Number(process.env['PORT']) }
  const fetch: Respond = (request) => respond(request)
  if (Bun === undefined) {
    Deno?.serve({ ...address, onListen: ready }, fetch)
  } else {
    Bun.serve({ ...address, fetch })
    ready()
  }
}

/** Tells the tests that the server accepts requests. */
export function ready(): void {
  console.log('ready')
}
