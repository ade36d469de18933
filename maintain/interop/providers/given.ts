import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { InteropProvider, RunningProvider } from '../provider.ts'
import { click, fill } from '../walk.ts'

/** An action on a page of the provider, which has the first field of `fill`, or else the element of `click`. */
interface PageAction {
  /** Selectors and values. `{user}`, `{password}` and `{userCode}` stand for the values of the settings and of a device. */
  readonly fill?: Readonly<Record<string, string>>
  /** The selector of the button or link. */
  readonly click: string
}

/** The file of `--settings`. maintain/README.md explains it. */
interface Settings extends Pick<
  RunningProvider,
  'options' | 'refreshesPerTurn' | 'api' | 'notRun'
> {
  readonly clientId: string
  readonly clientSecret: string
  readonly user?: string
  readonly password?: string
  /** The port of the registered redirect URI. */
  readonly port?: number
  readonly pages: readonly PageAction[]
  /** The actions of a user who declines. The others are those of `pages`. */
  readonly decline?: readonly PageAction[]
  readonly accessTokenSeconds?: number
  readonly unsupported?: RunningProvider['unsupported']
  /** The page at which the user signs out of another application. */
  readonly signOutUrl?: string
}

/** A provider that already runs, with the settings of a file. */
export function givenProvider(issuer: string, path: string): InteropProvider & { port: number } {
  const settings = JSON.parse(readFileSync(path, 'utf8')) as Settings
  const { clientId, clientSecret, decline = [], pages, signOutUrl, user, password } = settings
  if (clientId === undefined || clientSecret === undefined || !Array.isArray(pages)) {
    throw new TypeError(`${path} needs clientId, clientSecret and pages. See maintain/README.md.`)
  }
  const values: Record<string, string | undefined> = { user, password }
  const act = (actions: readonly PageAction[]) => async (page: Page) => {
    for (const action of actions) if (await doAction(page, action, values)) return true
    return false
  }
  const NOT_SET = (name: string) => `The settings do not contain \`${name}\`.`
  return {
    name: issuer,
    language: '',
    source: 'runs already',
    needs: '',
    port: settings.port ?? 3000,
    start: async () => ({
      ...settings,
      issuer,
      client: { clientId, clientSecret },
      accessTokenSeconds: settings.accessTokenSeconds ?? 3600,
      unsupported: {
        ...(settings.decline === undefined && { consent: NOT_SET('decline') }),
        ...(settings.api === undefined && { 'jwt-access-token': NOT_SET('api') }),
        ...(signOutUrl === undefined && {
          'back-channel': NOT_SET('signOutUrl'),
          'front-channel': NOT_SET('signOutUrl'),
        }),
        ...settings.unsupported,
      },
      act: act(pages),
      decline: act([...decline, ...pages]),
      async enterUserCode(page, userCode) {
        values['userCode'] = userCode
        await act(pages)(page)
      },
      async signOutAtProvider(page) {
        await page.goto(signOutUrl ?? issuer)
        await act(pages)(page)
      },
      close: async () => undefined,
    }),
  }
}

function doAction(
  page: Page,
  action: PageAction,
  values: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const resolve = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
  const button = resolve(action.click)
  if (action.fill === undefined) return click(page, button)
  const filled = Object.entries(action.fill).map(([field, value]) => [field, resolve(value)])
  return fill(page, Object.fromEntries(filled) as Record<string, string>, button)
}
