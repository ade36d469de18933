/**
 * Returns a `fetch` for the metadata of the provider. It responds from memory, so that a measurement does not contain the
 * time of the provider.
 */
export function fetchFrom(documents) {
  return async (input) => {
    const url = input instanceof Request ? input.url : String(input)
    const document = documents[url]
    if (document === undefined) throw new Error(`The measurement does not have ${url}.`)
    return new Response(document, { headers: { 'content-type': 'application/json' } })
  }
}
