import type { Output } from '../output/output.js'
import type { Subject } from './subject.js'

/** Returns the session secrets, the current one first. */
export function secretsOf({ options, variables }: Subject): readonly string[] {
  const given: unknown = options.session?.secret ?? variables.all['IDENTITY_SESSION_SECRET']
  return [given].flat().filter((one): one is string => typeof one === 'string' && one !== '')
}

/** The names of variables whose values must not be printed. */
const SECRET_NAME =
  /SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|CREDENTIAL|PRIVATE|PFX|API_?KEY|CONNECTION_STRING/i
/** Matches the names of variables that contain paths. Messages need these paths. */
const PATH_NAME = /FILE|PATH|URI$/i
/** Matches a date, such as the value of `IDENTITY_CLIENT_SECRET_EXPIRES`. Messages need it. */
const DATE = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/

/** Hides all secrets of the application in the output. */
export function hideSecrets(subject: Subject, output: Output): void {
  const { options, variables } = subject
  for (const secret of secretsOf(subject)) output.hide(secret)
  for (const [name, value] of Object.entries(variables.all)) {
    const isPublic = PATH_NAME.test(name) || DATE.test(value ?? '')
    if (SECRET_NAME.test(name) && !isPublic) output.hide(value)
    hidePassword(value, output)
  }
  const credentials: readonly unknown[] = [options.clientCredential, options.clientSecret].flat()
  for (const one of credentials) hideCredential(one, output)
}

function hideCredential(credential: unknown, output: Output): void {
  if (typeof credential === 'string') output.hide(credential)
  if (typeof credential !== 'object' || credential === null) return
  const { secret, privateKey, pfx, passphrase } = credential as Readonly<Record<string, unknown>>
  if (typeof secret === 'string') output.hide(secret)
  for (const value of [privateKey, pfx, passphrase]) {
    // Not a path, which messages name.
    if (typeof value === 'string' && (value === passphrase || value.length > 256))
      output.hide(value)
  }
}

/** Hides the password in a URL, such as that of a proxy or of Redis. */
export function hidePassword(value: string | undefined, output: Output): void {
  if (value === undefined || !/^\w+:\/\/[^/]*@|[?&]password=/.test(value) || !URL.canParse(value))
    return
  const { password, searchParams } = new URL(value)
  // PostgreSQL also reads the password from the query.
  for (const secret of [password, ...searchParams.getAll('password')]) {
    output.hide(secret)
    output.hide(safeDecode(secret))
  }
}

function safeDecode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
