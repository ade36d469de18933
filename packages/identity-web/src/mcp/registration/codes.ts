import type { RegistrationCheckName } from './report.ts'

/** The meaning of a rejected token request for the check of a registration. */
export interface CodeMeaning {
  /** The part of the registration that the code concerns. */
  readonly name: RegistrationCheckName
  /** Whether the part is wrong. Some codes prove that it is right, and only prevent the token. */
  readonly isProblem: boolean
}

const wrong = (name: RegistrationCheckName): CodeMeaning => ({ name, isProblem: true })
const right = (name: RegistrationCheckName): CodeMeaning => ({ name, isProblem: false })

/**
 * Microsoft's codes for an app-only token request. The codes only select the text of a report. No decision about a request
 * depends on them, because Microsoft changes them.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/reference-error-codes}
 */
const MEANINGS: Readonly<Record<string, CodeMeaning>> = {
  // The secret is wrong, has expired, or is missing.
  AADSTS7000215: wrong('credential'),
  AADSTS7000222: wrong('credential'),
  AADSTS7000216: wrong('credential'),
  AADSTS7000218: wrong('credential'),
  // The assertion of a certificate or of another issuer does not match the registration.
  AADSTS700021: wrong('credential'),
  AADSTS70021: wrong('credential'),
  AADSTS700027: wrong('credential'),
  AADSTS700211: wrong('credential'),
  AADSTS700212: wrong('credential'),
  AADSTS700213: wrong('credential'),
  AADSTS50012: wrong('credential'),
  // The tenant does not contain the registration, or does not exist.
  AADSTS700016: wrong('clientId'),
  AADSTS7000112: wrong('clientId'),
  AADSTS7000229: wrong('clientId'),
  AADSTS90002: wrong('clientId'),
  AADSTS900023: wrong('clientId'),
  // No registration has the identifier, or the spelling differs.
  AADSTS500011: wrong('applicationIdUri'),
  AADSTS9010010: wrong('applicationIdUri'),
  AADSTS901002: wrong('applicationIdUri'),
  // The identifier belongs to the registration itself. Entra ID wants the client ID in such a request.
  AADSTS90009: right('applicationIdUri'),
  // The identifier exists, and only assigned applications get tokens.
  AADSTS501051: right('applicationIdUri'),
}

/** Returns the meaning of the first known code. */
export function meaningOf(
  codes: readonly string[],
): (CodeMeaning & { readonly code: string }) | undefined {
  const code = codes.find((given) => MEANINGS[given] !== undefined)
  const meaning = code === undefined ? undefined : MEANINGS[code]
  return meaning && code !== undefined ? { ...meaning, code } : undefined
}
