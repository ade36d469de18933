const authority = process.env['IDENTITY_AUTHORITY'] ?? ''

/** Microsoft Graph. The development provider on your machine has its own. */
const graph = authority.startsWith('http://localhost')
  ? new URL('/v1.0', authority).href
  : 'https://graph.microsoft.com/v1.0'

/** Returns the profile of the user whom an access token belongs to. */
export async function readProfile(accessToken: string): Promise<object> {
  const response = await fetch(`${graph}/me`, {
    headers: { authorization: `Bearer ${accessToken}` },
  })
  return (await response.json()) as object
}
