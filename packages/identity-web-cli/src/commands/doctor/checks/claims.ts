import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { hasGroupsOverage } from 'identity-web/fetch'
import { CheckError } from '../explain-error.js'
import { decodeClaims } from '../network/tokens.js'
import { error, ok, skipped, warning, type Finding } from '../report/finding.js'
import type { Evidence } from '../evidence.js'
import type { Check } from './check.js'

/** The changes of an app registration of Entra ID that add a claim to ID tokens, by the name of the claim. */
const CHANGES: Readonly<Record<string, string>> = {
  login_hint:
    'Add the optional claim login_hint to ID tokens, under Token configuration of the app registration. Without this claim, users choose their account again when they sign out.',
  roles:
    'Add app roles under "App roles" of the app registration, and assign the user to one of them under Enterprise applications, Users and groups.',
  groups:
    'Add the groups claim under Token configuration of the app registration. "Groups assigned to the application" keeps tokens small.',
  email: 'Add the optional claim email under Token configuration of the app registration.',
}

/** The claims of an ID token. */
export const claims: Check = {
  name: 'claims',
  looksAt:
    'whether the ID token contains login_hint, which sign-out needs, and the claims of --claims, such as roles',
  async run(evidence) {
    const found = await findClaims(evidence)
    if (found === undefined)
      return skipped('Set --id-token to a file with an ID token, or sign in with --sign-in.')
    const findings = [
      ...audienceFinding(found, evidence),
      ...nameFindings(found, evidence),
      ...overageFinding(found),
    ]
    return findings.length > 0 ? findings : ok('The ID token contains the claims.')
  },
}

async function findClaims(
  evidence: Evidence,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { idTokenFile } = evidence.choices
  if (idTokenFile === undefined) return evidence.signedIn
  const text = await readFile(resolve(evidence.folder, idTokenFile), 'utf8').catch(
    (cause: unknown) => {
      const { code } = cause as { readonly code?: unknown }
      throw new CheckError(
        `The file ${idTokenFile} of --id-token cannot be read (${String(code)}).`,
        'Correct the path, and make the file readable for your user.',
        { cause },
      )
    },
  )
  const token = text.trim()
  evidence.output.hide(token)
  const decoded = decodeClaims(token)
  if (decoded === undefined)
    throw new CheckError(
      `${idTokenFile} does not contain an ID token.`,
      'Set --id-token to a file that contains only the ID token.',
    )
  return decoded
}

function audienceFinding(
  { aud }: Readonly<Record<string, unknown>>,
  { clientId }: Evidence,
): Finding[] {
  if (clientId === undefined || [aud].flat().includes(clientId)) return []
  return [
    error(
      `The token is not an ID token of this app. Its audience (aud) is ${String(aud)}, and the client ID is ${clientId}.`,
      'Use the ID token of a sign-in to this app, not an access token.',
    ),
  ]
}

function nameFindings(
  found: Readonly<Record<string, unknown>>,
  { choices, authority }: Evidence,
): Finding[] {
  // Other providers identify the session with the ID token alone.
  const forSignOut = authority === undefined ? [] : ['login_hint']
  return [...new Set([...forSignOut, ...choices.claims])]
    .filter((name) => found[name] === undefined && !(name === 'groups' && hasGroupsOverage(found)))
    .map((name) => {
      const sentence = `The ID token does not contain ${name}.`
      const change =
        CHANGES[name] ??
        `Configure the provider so that it adds ${name} to the ID tokens of this app.`
      return choices.claims.includes(name) ? error(sentence, change) : warning(sentence, change)
    })
}

function overageFinding(found: Readonly<Record<string, unknown>>): Finding[] {
  if (!hasGroupsOverage(found)) return []
  return [
    warning(
      'The user has more groups than a token can contain, so identity-web asks Microsoft Graph for the groups.',
      'Grant the permission User.Read of Microsoft Graph to the app. You can also limit the groups claim to "Groups assigned to the application".',
    ),
  ]
}
