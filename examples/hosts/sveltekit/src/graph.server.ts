import { IDENTITY_AUTHORITY } from '$app/env/private'

/** Returns the profile of the user whom an access token belongs to. */
export async function readProfile(accessToken: string): Promise<object> {
  const response = await fetch(`${graphUrl()}/me`, {
    headers: { authorization: `Bearer ${accessToken}` },
  })
  return (await response.json()) as object
}

/** Returns the URL of Microsoft Graph. The development provider on your machine has its own. */
function graphUrl(): string {
  const authority = IDENTITY_AUTHORITY ?? ''
  return authority.startsWith('http://localhost')
    ? new URL('/v1.0', authority).href
    : 'https://graph.microsoft.com/v1.0'
}
