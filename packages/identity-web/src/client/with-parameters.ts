/** Returns the URL of an endpoint with parameters. The URL of an endpoint can contain a query (RFC 6749, section 3.1). */
export function withParameters(endpoint: string, parameters: URLSearchParams): URL {
  const url = new URL(endpoint)
  for (const [name, value] of parameters) url.searchParams.append(name, value)
  return url
}
