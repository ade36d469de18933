// Decides whether the headers really come from the platform.
import type { Environment } from '../host-traits.ts'
import type { EasyAuthOptions } from './options.ts'

/**
 * Returns the reason why the platform's headers are not accepted. If clients can reach the application without the
 * platform, anyone can send these headers and pretend to be any user.
 *
 * @returns `undefined` if the platform has proved that it checks all requests.
 */
export function proofProblem(
  { trustContainerApps }: EasyAuthOptions,
  variables: Environment,
): string | undefined {
  if (isTrue(variables['WEBSITE_AUTH_ENABLED'])) return undefined
  if (trustContainerApps !== true) return NOT_PROVED
  // On any other server, clients can reach the application without the platform.
  return variables['CONTAINER_APP_NAME'] ? undefined : NOT_ON_CONTAINER_APPS
}

const NOT_PROVED =
  'signIn: easyAuth() is configured, but WEBSITE_AUTH_ENABLED is not True, so identity-web cannot know whether the platform checks the requests first. Anyone could send the headers of the platform, so these headers are ignored. On App Service and Functions, turn on Authentication in the settings of the app. On Container Apps, turn on Authentication too, and set easyAuth({ trustContainerApps: true }). On your machine, start npx --no-install identity-web-dev easy-auth, and use the settings that this command prints.'

const NOT_ON_CONTAINER_APPS =
  'signIn: easyAuth({ trustContainerApps: true }) is configured, but CONTAINER_APP_NAME is not set, so the application does not run on Azure Container Apps. Anyone could send the headers of the platform, so these headers are ignored. Remove trustContainerApps, or set signIn only on Container Apps.'

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true'
}
