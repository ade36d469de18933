/** The sentence for an option that must be set. */
export function missing(name: string, option: string, variable: string, example: string): string {
  return `${name} is not configured. Set Auth({ ${option} }) or ${variable}, for example ${example}.`
}

export const REDIRECT_URI_EXAMPLE = 'http://localhost:5000/redirect'

/** Said at start, and wherever a redirect URI is needed after all. */
export const MISSING_REDIRECT_URI: string = missing(
  'redirect_uri',
  'redirectUri',
  'IDENTITY_REDIRECT_URI',
  REDIRECT_URI_EXAMPLE,
)
