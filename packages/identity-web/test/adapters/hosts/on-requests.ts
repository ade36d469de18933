import type { CreateApp, Feature, StartHost } from '../contract/bench.ts'

/** Starts a host whose application is a function from `Request` to `Response`. */
export function onRequests(
  createApp: CreateApp,
  serve: (answer: (request: Request, origin: string) => Promise<Response>) => ReturnType<StartHost>,
): StartHost {
  return (optionsFor, variant) => {
    let app: ReturnType<CreateApp> | undefined
    return serve((request, origin) => {
      app ??= createApp((prefix) => optionsFor(origin, prefix), variant)
      return app(request)
    })
  }
}

/** The option of a host in another process, whose options are sent as JSON. */
export const WITHOUT_FUNCTIONS: Partial<Readonly<Record<Feature, string>>> = {
  functions: 'The options are sent to another process as JSON.',
}

/** What there is no counterpart of where handlers are plain functions. */
export const WITHOUT_APPLICATION: Partial<Readonly<Record<Feature, string>>> = {
  parsesBodies: 'A Request is read once, by whoever answers it.',
  deferred: 'There is no application that routes are added to.',
  middleware: 'No handler follows another one.',
  standalone: 'A request does not know the application.',
}

/** The reason of the entry points without `McpAuth`. */
export const WITHOUT_MCP: Partial<Readonly<Record<Feature, string>>> = {
  mcp: 'Use McpAuth of identity-web/fetch.',
}
