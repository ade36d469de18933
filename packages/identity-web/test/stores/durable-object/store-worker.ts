import {
  durableObjectStore,
  IdentitySessions,
  type SessionObjectNamespace,
  type SessionObjectState,
} from 'identity-web/durable-object'
import { serveStore } from '../remote/serve-store.ts'

/** The class of the library, with routes for the tests. */
export class ObservedSessions extends IdentitySessions {
  readonly #state: SessionObjectState & { abort(reason: string): void }

  constructor(state: SessionObjectState & { abort(reason: string): void }) {
    super(state)
    this.#state = state
  }

  override async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/rows') {
      const { sql } = this.#state.storage
      return Response.json(sql.exec('SELECT key FROM entries ORDER BY key').toArray())
    }
    if (pathname === '/abort') this.#state.abort('as a deployment does')
    return super.fetch(request)
  }
}

interface Environment {
  readonly SESSIONS: SessionObjectNamespace
}

const serving = new Map<string, (request: Request) => Promise<Response>>()

// oxlint-disable-next-line import/no-default-export -- what a worker is
export default {
  /** `/store/NAME` calls the store with this name. Every other route is one of its object. */
  async fetch(request: Request, { SESSIONS }: Environment): Promise<unknown> {
    const [, route = '', name = ''] = new URL(request.url).pathname.split('/')
    if (route !== 'store') {
      const stub = SESSIONS.get(SESSIONS.idFromName(name) as never)
      const init = { method: 'POST', body: await request.text() }
      return stub
        .fetch(`https://sessions.invalid/${route}`, init)
        .catch((error: unknown) => new Response(String(error), { status: 500 }))
    }
    let serve = serving.get(name)
    if (serve === undefined) {
      serve = serveStore(durableObjectStore(SESSIONS, { name }))
      serving.set(name, serve)
    }
    return serve(request)
  },
}
