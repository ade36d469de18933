import type { CommandContext } from '../../command/command.js'
import type { NewSecret } from '../../credentials/secrets.js'
import { describeReplaced, editEnvFile } from '../../env-file/edit-env-file.js'
import { createSessionSecret, SESSION_SECRET } from '../../env-file/session-secret.js'
import type { Application } from '../../graph/application.js'
import type { GraphPlace } from '../../graph/graph-url.js'
import type { Wish } from '../../registration/wish.js'
import type { RegisterValues } from './options.js'

/** The variables of an app, by name. */
export type Settings = Readonly<Record<string, string>>

/** The file of `--env`. */
export interface SettingsFile {
  /** The path after all symbolic links. */
  readonly path: string
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** The result of writing the settings. */
export interface WrittenSettings {
  readonly settings: Settings
  /** Sentences about the session secret and about replaced lines. */
  readonly notes: readonly string[]
}

/**
 * Returns the variables of an app. With `--env`, it writes them to the file, together with the secrets that the file
 * lacks.
 */
export async function writeSettings(
  {
    values,
    file,
    wish,
    place,
    tenantId,
    app,
    secret,
    isNew,
  }: {
    readonly values: RegisterValues
    readonly file: SettingsFile | undefined
    readonly wish: Wish
    readonly place: GraphPlace
    readonly tenantId: string
    readonly app: Application
    readonly secret: NewSecret | undefined
    readonly isNew: boolean
  },
  { output }: CommandContext,
): Promise<WrittenSettings> {
  const [redirectUri] = [...wish.redirectUris, ...(isNew ? wish.newRedirectUris : [])]
  const [resource] = wish.identifierUris
  const settings: Settings = {
    IDENTITY_AUTHORITY: `${place.login}/${authorityPath(app.signInAudience, tenantId)}`,
    IDENTITY_CLIENT_ID: app.appId,
    ...(wish.kind === 'web' && redirectUri !== undefined && { IDENTITY_REDIRECT_URI: redirectUri }),
    ...(wish.kind === 'mcp' && resource !== undefined && { IDENTITY_RESOURCE: resource }),
  }
  if (values.env === undefined || file === undefined) {
    const notes =
      wish.kind === 'web' && isNew
        ? [
            `A web app also needs a session secret. To create a session secret, run "npx --no-install identity-web-cli secret".`,
          ]
        : []
    return { settings, notes }
  }
  const { [SESSION_SECRET]: before = '' } = file.variables
  // Without it, the app would not start in production, and would end all sessions at each start in development.
  const session = wish.kind === 'web' && before === '' ? createSessionSecret() : undefined
  output.hide(session)
  const replaced = await editEnvFile(file.path, {
    ...settings,
    ...(session !== undefined && { [SESSION_SECRET]: session }),
    ...(secret !== undefined && {
      IDENTITY_CLIENT_SECRET: secret.secret,
      IDENTITY_CLIENT_SECRET_ID: secret.keyId,
      IDENTITY_CLIENT_SECRET_EXPIRES: secret.end,
    }),
  })
  const made =
    session === undefined
      ? undefined
      : `${values.env} did not contain a session secret, so the command added a new one: ${SESSION_SECRET}.`
  const notes = [made, describeReplaced(values.env, replaced)].filter((note) => note !== undefined)
  return { settings, notes }
}

function authorityPath(audience: string, tenantId: string): string {
  if (audience === 'AzureADMultipleOrgs') return 'organizations'
  return audience === 'AzureADandPersonalMicrosoftAccount' ? 'common' : tenantId
}
