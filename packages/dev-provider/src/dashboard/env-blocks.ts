import {
  appVariables,
  ISSUER_KINDS,
  issuerVariables,
  toEnvLines,
  type IssuerKind,
} from '../config/app-variables.js'
import type { ProviderContext } from '../state/context.js'

/** The environment variables of an app that signs in at one kind of tenant. */
export interface EnvBlock {
  readonly title: string
  readonly lines: string
}

const TITLES: Readonly<Record<IssuerKind, string>> = {
  entra: 'Microsoft Entra ID',
  'external-id': 'Microsoft Entra External ID',
  b2c: 'Azure AD B2C',
  adfs: 'AD FS',
  oidc: 'Plain OpenID provider',
}

const REDIRECT_URI = 'http://localhost:3000/redirect'

/** Returns a block for each kind of tenant that the configuration contains. */
export function envBlocks(context: ProviderContext): readonly EnvBlock[] {
  const [app] = context.config.apps
  if (app === undefined) return []
  return ISSUER_KINDS.flatMap((kind) => {
    const issuer = issuerVariables(context, kind)
    if (issuer === undefined) return []
    const lines = toEnvLines({
      ...issuer,
      ...appVariables(app, REDIRECT_URI, context.sessionSecret),
    })
    return [{ title: TITLES[kind], lines: lines.join('\n') }]
  })
}
