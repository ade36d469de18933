/** Converts the result of a guarded function of an API, where frameworks accept data instead of a response. */
export function toApiResponse(result: unknown): Response {
  return result instanceof Response ? result : Response.json(result ?? null)
}
