/** A request that the application sent to the provider. */
export interface SentRequest {
  readonly url: string
  readonly grantType: string | null
  readonly status: number
}

/** What happens between the application and the provider. */
export interface Tamper {
  readonly requests: SentRequest[]
  /** Replaces the ID token of the next responses. */
  idToken?: (idToken: string) => string
  /** Replaces the refresh token of the next requests. */
  refreshToken?: string
}

/** Returns a `fetch` that records requests, and changes tokens as a network between both could. */
export function createTamperingFetch(tamper: Tamper): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    const form = new URLSearchParams(
      typeof init?.body === 'string' || init?.body instanceof URLSearchParams ? init.body : '',
    )
    const grantType = form.get('grant_type')
    const isChanged = grantType === 'refresh_token' && tamper.refreshToken !== undefined
    if (isChanged) form.set('refresh_token', tamper.refreshToken ?? '')
    const response = await fetch(input, { ...init, ...(isChanged && { body: form.toString() }) })
    tamper.requests.push({ url, grantType, status: response.status })
    if (grantType === null || tamper.idToken === undefined || !response.ok) return response
    const body = (await response.json()) as { id_token?: string }
    if (body.id_token !== undefined) body.id_token = tamper.idToken(body.id_token)
    return Response.json(body, { status: response.status })
  }
}
