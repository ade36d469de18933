import { checkShape } from '../config/check-shape.js'
import { suggestName } from '../config/closest-name.js'
import type { DevProviderConfigInput } from '../config/config.js'
import type { Schema } from '../config/schema.js'
import type { Behaviour } from '../controls/behaviour.js'
import type { SignOutOptions } from '../controls/sign-out-request.js'
import { isFromOtherSite } from '../dashboard/own-page.js'
import { lastRequests } from '../dashboard/request-filter.js'
import { MAX_SECONDS } from '../dashboard/switch-table.js'
import { toJson, type ProviderRequest, type ProviderResponse } from '../protocol/http.js'
import type { ProviderContext } from '../state/context.js'
import { handleJson, reject } from '../tokens/dev-request.js'
import { readVersion } from './read-version.js'

/** The members of all bodies. */
type Body = Partial<Behaviour> &
  DevProviderConfigInput &
  SignOutOptions & {
    readonly behaviour?: Partial<Behaviour>
    readonly username: string
    readonly keepOld?: boolean
    readonly offsetSeconds: number
  }

/** A path below `/dev/api/`. */
interface Action {
  readonly body: Schema
  /** @throws TypeError for a body that the provider cannot satisfy. */
  run(context: ProviderContext, body: Body): unknown
}

/** The paths below `/dev/api/`. `behave` and `configure` check the rest of their bodies. */
const ACTIONS: Readonly<Record<string, Action>> = {
  reset: { body: bodyOf({}), run: ({ control }) => control.reset() },
  behave: {
    body: {},
    run: ({ control }, body) => control.behave(withoutNull(body)),
  },
  configure: {
    body: { properties: { behaviour: { type: 'object' } } },
    run: ({ control }, { behaviour, ...config }) => control.configure(config, behaviour),
  },
  'revoke-user': {
    body: bodyOf({ username: { type: 'string', description: 'The user name or first name' } }),
    run: ({ control }, { username }) => control.revokeUser(username),
  },
  'sign-out': {
    body: bodyOf({ as: { type: 'string' }, sid: { type: 'string' } }, []),
    run: ({ control }, body) => control.signOut(body),
  },
  'roll-keys': {
    body: bodyOf({ keepOld: { type: 'boolean' } }, []),
    run: ({ control }, body) => control.rollKeys(body),
  },
  clock: {
    body: bodyOf({ offsetSeconds: { type: 'integer', description: 'Seconds to add to the time' } }),
    run: (context, { offsetSeconds }) => {
      if (Math.abs(offsetSeconds) > MAX_SECONDS)
        throw new TypeError(`offsetSeconds must be from -${MAX_SECONDS} to ${MAX_SECONDS}.`)
      context.clockShiftSeconds = offsetSeconds
    },
  },
}

/** Handles the paths below `/dev/api/`, by which tests in any language change the provider. */
export async function controlApi(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  if (isFromPage(request)) return rejectPage()
  const { id, body: json } = request
  const action = Object.hasOwn(ACTIONS, id) ? ACTIONS[id] : undefined
  if (action === undefined) {
    const suggestion = suggestName(id, [...Object.keys(ACTIONS), 'requests'])
    return reject('not_found', `The path /dev/api/${id} does not exist. ${suggestion}`, 404)
  }
  return handleJson({ ...request, body: json === '' ? '{}' : json }, async (body) => {
    const problems: string[] = []
    checkShape({ value: body, path: '' }, { type: 'object', ...action.body }, (path, problem) =>
      problems.push(`${path} ${problem}`),
    )
    if (problems.length > 0)
      throw new TypeError(`The body is not valid:\n- ${problems.join('\n- ')}`)
    return toJson((await action.run(context, body as Body)) ?? {})
  })
}

/** Handles `/dev/api/requests`, which returns the same requests as the page of requests. */
export function requestList(context: ProviderContext, request: ProviderRequest): ProviderResponse {
  if (isFromPage(request)) return rejectPage()
  return toJson(lastRequests(context).map(({ record, details }) => ({ ...record, ...details })))
}

/** Handles `/health`. It responds when the provider can issue tokens. */
export async function health({ keys }: ProviderContext): Promise<ProviderResponse> {
  await keys.main()
  return toJson({ status: 'ok', version: await readVersion(), ready: true })
}

/** Handles `/dev/ca.pem`, the certificate that clients of https must trust. */
export function certificate({ control: { certificate: pem } }: ProviderContext): ProviderResponse {
  return pem === undefined
    ? reject('not_found', 'The provider uses http. To use https, start it with --https.', 404)
    : { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: pem }
}

/** Returns whether a browser sends the request for a page. Even pages of this provider do not use these paths. */
function isFromPage(request: ProviderRequest): boolean {
  return request.headers['origin'] !== undefined || isFromOtherSite(request)
}

function rejectPage(): ProviderResponse {
  return reject(
    'access_denied',
    'Web pages cannot use this path. Send the request from a test or a shell, without the header Origin. In a browser, open /dev/switches or /dev/requests.',
    403,
  )
}

/** Returns the schema of a body with these members only. */
function bodyOf(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = Object.keys(properties),
): Schema {
  return { properties, required, additionalProperties: false }
}

// These switches have no value by default.
const OPTIONAL = ['refreshInSeconds', 'graphClaims']

/** Turns off an optional switch that is `null`, because JSON cannot contain `undefined`. */
function withoutNull(changes: Partial<Behaviour>): Partial<Behaviour> {
  return Object.fromEntries(
    Object.entries<unknown>(changes).map(([name, value]) => {
      const isOff = value === null && OPTIONAL.includes(name)
      return [name, isOff ? undefined : value]
    }),
  )
}
