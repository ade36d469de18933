/** A required option: its name in messages, the option, its environment variable and an example. */
interface RequiredOption {
  readonly name: string
  readonly option: string
  readonly variable: string
  readonly example: string
}

/** Returns the message for a required option that is not set. */
export function missing({ name, option, variable, example }: RequiredOption): string {
  return `${name} is not configured. Set Auth({ ${option} }) or ${variable}, for example ${example}.`
}

export const REDIRECT_URI_EXAMPLE = 'http://localhost:3000/redirect'

/** The message for a missing redirect URI. */
export const MISSING_REDIRECT_URI: string = `${missing({
  name: 'redirectUri',
  option: 'redirectUri',
  variable: 'IDENTITY_REDIRECT_URI',
  example: REDIRECT_URI_EXAMPLE,
})} If the provider cannot redirect users to this application, set Auth({ signIn: deviceCode() }), with import { deviceCode } from 'identity-web/device-code'.`

/** The remedy if the option `signIn` cannot be used. */
export const USE_REDIRECT_URI: string = `Remove Auth({ signIn }), and set Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example ${REDIRECT_URI_EXAMPLE}.`
